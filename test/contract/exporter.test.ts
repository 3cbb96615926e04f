import { mkdtempSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { debug } from '../../src/exporters/debug.ts';
import { file } from '../../src/exporters/file.ts';
import { nop } from '../../src/exporters/nop.ts';
import { otlpGrpc } from '../../src/exporters/otlp-grpc.ts';
import { otlpHttp } from '../../src/exporters/otlp-http.ts';
import { splunkHec } from '../../src/exporters/splunk-hec.ts';
import { decoded } from '../otlp/decoded.ts';
import type { Exporter } from '../../src/pipeline/component.ts';
import { logRecord, noResource } from '../../src/record/record.ts';
import { until } from '../e2e/until.ts';
import { GrpcBackend } from '../exporters/otlp-grpc/grpc-backend.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { ScriptedBackend } from '../chaos/scripted-backend.ts';
import { HecServer } from '../exporters/splunk-hec/hec-server.ts';
import { settings } from '../settings.ts';

/** One exporter's other side: what it was asked to take, and whether it does. */
interface Subject {
  /** Another exporter to the same destination, as after a restart. Its id is `out`. */
  readonly make: () => Promise<Exporter>;
  /** The bodies of each attempt to deliver. */
  readonly attempts: () => readonly (readonly unknown[])[];
  /** As many of the next attempts fail. */
  readonly failNext: (times: number) => void;
}

const bodiesOf = (request: Uint8Array): readonly unknown[] =>
  decoded(request, 'json')
    .flat()
    .map(({ body }) => body);

async function toBackend(): Promise<Subject> {
  const backend = await ScriptedBackend.start();
  onTestFinished(() => backend.stop());
  const config = otlpHttp.schema.parse({
    endpoint: backend.url,
    retry_on_failure: { initial_interval: '1ms', max_interval: '1ms' },
    sending_queue: { batch: { flush_timeout: '0s' } },
  });
  return {
    make: () => otlpHttp.create(settings('out'), config),
    attempts: () => backend.requests.map(({ body }) => bodiesOf(body)),
    failNext: (times) => {
      backend.script.splice(0, Infinity, ...Array.from({ length: times }, () => ({ status: 503 })));
    },
  };
}

async function toSplunk(): Promise<Subject> {
  const server = await HecServer.start({ token: 'secret' });
  onTestFinished(() => server.stop());
  const { requests, script } = server.backend;
  const config = splunkHec.schema.parse({
    endpoint: server.url,
    token: 'secret',
    retry_on_failure: { initial_interval: '1ms', max_interval: '1ms' },
    sending_queue: { batch: { flush_timeout: '0s' } },
  });
  return {
    make: () => splunkHec.create(settings('out'), config),
    attempts: () =>
      requests.map(({ body }) => [...body.toString().matchAll(/"event":"(\w+)"/g)].map(([, text]) => text)),
    failNext: (times) => {
      const busy = { status: 503, body: '{"text":"Server is busy","code":9}' };
      script.splice(0, Infinity, ...Array.from({ length: times }, () => busy));
    },
  };
}

async function toGrpcBackend(): Promise<Subject> {
  const backend = await GrpcBackend.start();
  onTestFinished(() => backend.stop());
  const config = otlpGrpc.schema.parse({
    endpoint: backend.endpoint,
    tls: { insecure: true },
    retry_on_failure: { initial_interval: '1ms', max_interval: '1ms' },
    sending_queue: { batch: { flush_timeout: '0s' } },
  });
  return {
    make: () => otlpGrpc.create(settings('out'), config),
    attempts: () => backend.bodies,
    failNext: (times) => {
      backend.script.splice(0, Infinity, ...Array.from({ length: times }, () => ({ code: 14 })));
    },
  };
}

async function toFile(): Promise<Subject> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-contract-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  // The class behind `FileHandle`, which Node does not export.
  const probe = await open(join(directory, 'probe'), 'a+');
  const handles = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const attempts: (readonly unknown[])[] = [];
  let failures = 0;
  vi.spyOn(handles, 'appendFile').mockImplementation(async function (this: FileHandle, data) {
    const line = Buffer.from(data as Uint8Array);
    attempts.push(bodiesOf(line));
    if (failures-- > 0) throw new Error('ENOSPC: no space left on device');
    await this.write(line);
  });
  return {
    make: () => file.create(settings('out'), file.schema.parse({ path: join(directory, 'out.jsonl') })),
    attempts: () => attempts,
    failNext: (times) => (failures = times),
  };
}

async function toScreen(): Promise<Subject> {
  const attempts: (readonly unknown[])[] = [];
  let failures = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text, encodingOrDone, done) => {
    attempts.push([...String(text).matchAll(/^LOG +(.*)$/gm)].map(([, body]) => body));
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    callback?.(failures-- > 0 ? new Error('EPIPE') : undefined);
    return true;
  });
  return {
    make: () => debug.create(settings('out'), debug.schema.parse({})),
    attempts: () => attempts,
    failNext: (times) => (failures = times),
  };
}

let host: TestHost;
beforeEach(() => {
  host = new TestHost();
  onTestFinished(() => void vi.restoreAllMocks());
});

const send = (exporter: Exporter, ...bodies: readonly string[]): Promise<void> =>
  host.send(
    exporter,
    bodies.map((body) => logRecord({ observedTime: 1n, resource: noResource, body })),
  );

/** What became of the records; fails if it does not add up. */
function balance(): { readonly records: number; readonly delivered: number; readonly queued: number } {
  const { records = 0, delivered = 0, dead = 0 } = host.counters('out');
  const queued = host.store.length('outbox/out');
  expect(delivered + dead + queued).toBe(records);
  return { records, delivered, queued };
}

async function stop(exporter: Exporter): Promise<void> {
  await exporter.shutdown(AbortSignal.timeout(5_000));
}

describe.each([
  ['otlp_http', toBackend],
  ['splunk_hec', toSplunk],
  ['otlp_grpc', toGrpcBackend],
  ['file', toFile],
  ['debug', toScreen],
])('exporter: %s', (_, subject) => {
  test('delivers each record once, in order, and is drained then', async () => {
    const { make, attempts } = await subject();
    const exporter = await make();
    await exporter.start(host);
    await exporter.drained();
    await send(exporter, 'one', 'two');
    await send(exporter, 'three');
    await exporter.drained();
    expect(attempts().flat()).toEqual(['one', 'two', 'three']);
    expect([balance(), exporter.waiting()]).toEqual([{ records: 3, delivered: 3, queued: 0 }, 0]);
    await stop(exporter);
  });

  test('gives a destination that failed the same records again, in order', async () => {
    const { make, attempts, failNext } = await subject();
    failNext(1);
    const exporter = await make();
    await exporter.start(host);
    await send(exporter, 'one', 'two');
    await exporter.drained();
    expect(attempts()).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ]);
    expect(balance()).toEqual({ records: 2, delivered: 2, queued: 0 });
    await stop(exporter);
  });

  test('leaves what it could not deliver to the next start', async () => {
    const { make, attempts, failNext } = await subject();
    failNext(1_000);
    const first = await make();
    await first.start(host);
    await send(first, 'one', 'two');
    await until(
      () => attempts().length > 0,
      () => 'no attempt',
    );
    await stop(first);
    expect([balance(), first.waiting()]).toEqual([{ records: 2, delivered: 0, queued: 2 }, 2]);

    failNext(0);
    const before = attempts().length;
    const second = await make();
    await second.start(host);
    await second.drained();
    expect(attempts().slice(before)).toEqual([['one', 'two']]);
    expect(balance()).toEqual({ records: 2, delivered: 2, queued: 0 });
    await stop(second);
  });
});

test('exporter: nop delivers at once', async () => {
  const exporter = await nop.create(settings('out'), nop.schema.parse({}));
  await exporter.start(host);
  await send(exporter, 'one', 'two');
  await send(exporter, 'three');
  expect([balance(), exporter.waiting()]).toEqual([{ records: 3, delivered: 3, queued: 0 }, 0]);
  await exporter.drained();
  await stop(exporter);
});
