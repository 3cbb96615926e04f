import { describe, expect, inject, test } from 'vitest';
import { AuditEvents } from '../e2e/audit-events.ts';
import { AuditWriter } from '../e2e/audit-writer.ts';
import { flawless, judge } from '../e2e/verdict.ts';
import { Workspace } from '../e2e/workspace.ts';
import { Collector } from './collector.ts';
import { byUid, replayed } from './replayed.ts';
import { sayCompared } from './say-compared.ts';

const binary = inject('collector');
const missing = inject('missing');

describe.skipIf(missing !== '')(`a real Collector gets every risk event${missing && `: ${missing}`}`, () => {
  for (const encoding of ['json', 'proto'] as const) {
    for (const compression of ['gzip', 'none'] as const) {
      test(`from a replay, as ${encoding}, compression ${compression}`, async () => {
        const { workspace, writer, collector } = await scene();
        writer.write(1_000);
        await workspace.replay(
          workspace.configure(collector.endpoint, { exporter: { encoding, compression } }),
        );
        const records = await collector.records(writer.expected.size);
        expect(writer.expected.size).toBeGreaterThan(20);
        expect(judge(writer.expected, records)).toEqual(flawless);
        expect(byUid(records)).toEqual(byUid(await replayed(workspace)));
        sayCompared(`otlp_http, ${encoding}, ${compression}`, records);
      });
    }
  }

  for (const compression of ['gzip', 'none'] as const) {
    test(`from a replay over gRPC, compression ${compression}`, async () => {
      const { workspace, writer, collector } = await scene();
      writer.write(1_000);
      await workspace.replay(
        workspace.configure('', { exporters: overGrpc(collector, { compression }), storedIn: undefined }),
      );
      const records = await collector.records(writer.expected.size);
      expect(writer.expected.size).toBeGreaterThan(20);
      expect(judge(writer.expected, records)).toEqual(flawless);
      const own = await replayed(workspace);
      expect(byUid(records)).toEqual(byUid(own));
      sayCompared(`otlp_grpc, ${compression}`, records);
    });
  }

  test('over gRPC from a running sidecar while the Collector is stopped and started', async () => {
    const { workspace, writer, collector } = await scene();
    const config = workspace.configure('', { exporters: overGrpc(collector, {}) });
    const program = await workspace.run(config);
    writer.write(300);
    await collector.records(writer.expected.size);
    await collector.stop();
    writer.write(300);
    await program.says(/cannot deliver/);
    await collector.start();
    writer.write(300);
    const records = await collector.records(writer.expected.size);
    program.signal('SIGTERM');
    expect(await program.ended()).toBe(0);
    expect(judge(writer.expected, records)).toEqual(flawless);
    sayCompared('otlp_grpc, the Collector restarted', records);
  });

  test('from a running sidecar, with what surrounds a record', async () => {
    const { workspace, writer, collector } = await scene();
    const config = workspace.configure(collector.endpoint, {
      receiver: { resource: { 'k8s.cluster.name': 'interop' } },
    });
    const program = await workspace.run(config);
    writer.write(300);
    const records = await collector.records(writer.expected.size);
    program.signal('SIGTERM');
    expect(await program.ended()).toBe(0);
    expect(judge(writer.expected, records)).toEqual(flawless);
    for (const record of records) {
      expect(record).toMatchObject({
        eventName: 'riskpipe.risk_event',
        resource: { 'k8s.cluster.name': 'interop' },
        scope: { name: 'riskpipe', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      });
      expect(Number(record.observedTime)).toBeGreaterThan(0);
      expect(record.severityNumber).toBeGreaterThan(0);
    }
  });
});

/** `otlp_grpc` to the Collector. */
const overGrpc = (collector: Collector, options: object): Readonly<Record<string, object>> => ({
  otlp_grpc: {
    endpoint: collector.grpcEndpoint,
    tls: { insecure: true },
    retry_on_failure: { initial_interval: '20ms', max_interval: '100ms', probe_interval: '100ms' },
    sending_queue: { batch: { flush_timeout: '10ms', max_size: 32 } },
    ...options,
  },
});

/** A Collector, an empty log beside it, and who writes to the log. */
async function scene(): Promise<{ workspace: Workspace; writer: AuditWriter; collector: Collector }> {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(7, Date.now()));
  const collector = await Collector.start(binary, workspace.path('sink.json'));
  return { workspace, writer, collector };
}
