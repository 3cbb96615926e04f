import { describe, expect, inject, test } from 'vitest';
import { AuditEvents } from '../e2e/audit-events.ts';
import { AuditWriter } from '../e2e/audit-writer.ts';
import { flawless, judge } from '../e2e/verdict.ts';
import { Workspace } from '../e2e/workspace.ts';
import { Collector } from './collector.ts';
import { byUid, replayed } from './replayed.ts';
import { sayCompared } from './say-compared.ts';
import { SidecarPair } from './sidecar-pair.ts';

const binary = inject('collector');
const missing = inject('missing');

describe.skipIf(missing !== '')(`the pair of examples/sidecar${missing && `: ${missing}`}`, () => {
  test('ships the records that a replay of the log gives, alike in each attribute', async () => {
    const { workspace, writer, backend, pair } = await scene();
    const program = await pair.run();
    writer.write(1_000);
    const records = await backend.records(writer.expected.size);
    program.signal('SIGTERM');
    expect(await program.ended(), program.stderr).toBe(0);
    expect(writer.expected.size).toBeGreaterThan(20);
    expect(judge(writer.expected, records)).toEqual(flawless);
    // A finding has the attributes of its stream; of a line that comes over OTLP those are its resource's.
    const own = await replayed(workspace, { receiver: { include_file_name: false } });
    expect(byUid(records)).toEqual(byUid(own));
    sayCompared('the sidecar pair', records);
  });

  test('loses nothing and counts nothing twice when riskpipe is stopped and started', async () => {
    const { writer, backend, pair } = await scene();
    const first = await pair.run();
    writer.write(300);
    await backend.records(1);
    first.signal('SIGTERM');
    expect(await first.ended(), first.stderr).toBe(0);
    writer.write(300);
    await pair.run();
    writer.write(300);
    const records = await backend.records(writer.expected.size);
    expect(judge(writer.expected, records)).toEqual(flawless);
    sayCompared('the sidecar pair, riskpipe restarted', records);
  });

  test('loses nothing and counts nothing twice when the Collector is stopped and started', async () => {
    const { writer, backend, pair } = await scene();
    const program = await pair.run();
    writer.write(300);
    await backend.records(1);
    await pair.collector.stop();
    writer.write(300);
    await pair.collector.start();
    writer.write(300);
    const records = await backend.records(writer.expected.size);
    expect(program.exit).toBeUndefined();
    expect(judge(writer.expected, records)).toEqual(flawless);
    sayCompared('the sidecar pair, the Collector restarted', records);
  });
});

/** A log with its writer, the pair's Collector, and a second Collector as the backend that it ships to. */
async function scene() {
  const workspace = new Workspace();
  const writer = new AuditWriter(workspace.logs, new AuditEvents(7, Date.now()));
  const backend = await Collector.start(binary, workspace.path('backend.json'));
  const pair = await SidecarPair.start(binary, workspace, backend.endpoint);
  return { workspace, writer, backend, pair };
}
