import { afterEach, describe, expect, test } from 'vitest';
import { otlpGrpc } from '../../../src/exporters/otlp-grpc.ts';
import { framed } from '../../../src/net/grpc/frame.ts';
import { encodeRetryStatus } from '../../../src/otlp/retry-info.ts';
import { until } from '../../e2e/until.ts';
import { ExporterBench } from '../otlp-http/bench.ts';
import { GrpcBackend, type Answer } from './grpc-backend.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function exporterTo(script: readonly Answer[], given: object = {}) {
  const backend = await GrpcBackend.start(script);
  const bench = await ExporterBench.of(otlpGrpc, {
    endpoint: backend.endpoint,
    tls: { insecure: true },
    retry_on_failure: { initial_interval: '1ms', max_interval: '1ms', probe_interval: '1ms' },
    ...given,
  });
  running.push(backend, bench);
  await bench.start();
  return { backend, bench };
}

const counters = (bench: ExporterBench) => bench.host.counters('otlp_grpc');

/** What becomes of two records whose first call is answered like this: the calls that come of it. */
const fates = {
  delivered: [['1', '2']],
  waits: [
    ['1', '2'],
    ['1', '2'],
  ],
  // An empty call asks whether the backend is mended.
  parked: [['1', '2'], [], ['1', '2']],
  split: [['1', '2'], ['1'], ['2']],
} as const;

/** spec/collector.md §4.5; spec/reliability.md §2.3, W16 to W20. */
const answers: readonly (readonly [name: string, answer: Answer, fate: keyof typeof fates])[] = [
  ['OK', {}, 'delivered'],
  ['CANCELLED', { code: 1 }, 'waits'],
  ['UNKNOWN', { code: 2 }, 'parked'],
  ['INVALID_ARGUMENT', { code: 3 }, 'split'],
  ['DEADLINE_EXCEEDED', { code: 4 }, 'waits'],
  ['NOT_FOUND', { code: 5 }, 'parked'],
  ['PERMISSION_DENIED', { code: 7 }, 'parked'],
  ['RESOURCE_EXHAUSTED for the size', { code: 8, message: 'received message larger than max' }, 'split'],
  ['RESOURCE_EXHAUSTED for the rate', { code: 8, message: 'too many calls' }, 'parked'],
  ['RESOURCE_EXHAUSTED with RetryInfo', { code: 8, details: encodeRetryStatus(8, '', 0) }, 'waits'],
  ['ABORTED', { code: 10 }, 'waits'],
  ['OUT_OF_RANGE', { code: 11 }, 'waits'],
  ['OUT_OF_RANGE for the size', { code: 11, message: 'decoded message length too large' }, 'split'],
  ['UNIMPLEMENTED', { code: 12 }, 'parked'],
  ['INTERNAL', { code: 13 }, 'parked'],
  ['UNAVAILABLE', { code: 14 }, 'waits'],
  ['DATA_LOSS', { code: 15 }, 'waits'],
  ['UNAUTHENTICATED', { code: 16 }, 'parked'],
  ['a code that does not exist', { code: 77 }, 'parked'],
  ['HTTP 401', { http: 401 }, 'parked'],
  ['HTTP 404', { http: 404 }, 'parked'],
  ['HTTP 413', { http: 413 }, 'split'],
  ['HTTP 502', { http: 502 }, 'waits'],
  ['HTTP 503', { http: 503 }, 'waits'],
  ['a stream that ends without a status', { ends: 'at once' }, 'waits'],
  ['a connection that ends', { ends: 'with the connection' }, 'waits'],
];

test.each(answers)('%s: no record is lost', async (_, answer, fate) => {
  const { backend, bench } = await exporterTo([answer]);
  await bench.sendBodies('1', '2');
  await bench.drained();
  expect(backend.bodies).toEqual(fates[fate]);
  expect(counters(bench)).toMatchObject({ records: 2, delivered: 2 });
});

test('a record that is refused by itself is set aside, and the others are delivered', async () => {
  const refused = { code: 3, message: 'bad%0Atime' };
  const { backend, bench } = await exporterTo([refused, refused]);
  await bench.sendBodies('1', '2');
  await bench.drained();
  expect(backend.bodies).toEqual([['1', '2'], ['1'], ['2']]);
  expect(counters(bench)).toMatchObject({ records: 2, delivered: 1, dead: 1 });
  expect(bench.log.lines.join()).toContain('INVALID_ARGUMENT from');
  expect(bench.log.lines.join()).toContain('bad time');
});

describe('a call that was taken', () => {
  /** An ExportLogsServiceResponse whose partial success rejects `count` records. */
  const rejecting = (count: number): Buffer =>
    framed(Buffer.from([0x0a, 7, 0x08, count, 0x12, 3, ...Buffer.from('old')]), false);

  test('but for one record is not sent again', async () => {
    const { backend, bench } = await exporterTo([{ body: rejecting(1) }]);
    await bench.sendBodies('1', '2');
    await bench.logged('not 1 of its records, which may not be sent again: old');
    await bench.drained();
    expect(backend.bodies).toEqual([['1', '2']]);
    expect(counters(bench)).toMatchObject({ dead: 2 });
  });

  test('with a warning is delivered', async () => {
    const { bench } = await exporterTo([{ body: rejecting(0) }]);
    await bench.sendBodies('1');
    await bench.drained();
    expect(await bench.logged('took the call and warns: old')).toBe(true);
  });

  test('with an answer that has no end is delivered, and no more than 64 KiB of it is read', async () => {
    const { backend, bench } = await exporterTo([{ body: framed(Buffer.alloc(10_000_000, 0x7a), false) }]);
    await bench.sendBodies('1');
    await bench.drained();
    expect(backend.bodies).toEqual([['1']]);
    await bench.logged('its answer is no OTLP response');
    await until(
      () => backend.cut === 1,
      () => 'the answer to be cut off',
    );
  });
});

test.each([
  [7, '7s'],
  [99_999, '10m'],
])('%d s of RetryInfo are waited for, up to ten minutes', async (seconds, wait) => {
  const { bench } = await exporterTo([{ code: 14, details: encodeRetryStatus(14, 'full', seconds) }]);
  await bench.sendBodies('1');
  expect(await bench.loggedLike(new RegExp(`next try in ${wait}$`))).toBe(true);
});

describe('options', () => {
  test('what a call carries', async () => {
    const { backend, bench } = await exporterTo([], {
      headers: { authorization: 'Bearer x', 'X-Scope': '1' },
      authority: 'other.test',
    });
    await bench.sendBodies('1');
    await bench.drained();
    expect(backend.requests[0]?.headers).toMatchObject({
      ':method': 'POST',
      ':path': '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
      ':authority': 'other.test',
      'content-type': 'application/grpc',
      te: 'trailers',
      'grpc-encoding': 'gzip',
      'grpc-timeout': '30000m',
      authorization: 'Bearer x',
      'x-scope': '1',
      'user-agent': expect.stringMatching(/^riskpipe\/\d/) as unknown,
    });
  });

  test('compression: none sends the message as it is', async () => {
    const { backend, bench } = await exporterTo([], { compression: 'none' });
    await bench.sendBodies('1');
    await bench.drained();
    expect(backend.requests[0]?.headers['grpc-encoding']).toBeUndefined();
    expect(backend.bodies).toEqual([['1']]);
  });

  test('timeout ends a call without an answer, and a new connection is made', async () => {
    const { backend, bench } = await exporterTo([{ ends: 'never' }], { timeout: '50ms' });
    await bench.sendBodies('1');
    await bench.drained();
    expect(backend.bodies).toEqual([['1'], ['1']]);
    expect(backend.connections).toBe(2);
    await bench.logged('no answer within 50ms');
  });
});

test('one connection serves all calls, and another when the backend lets go of it', async () => {
  const { backend, bench } = await exporterTo([]);
  await bench.sendBodies('1');
  await bench.drained();
  await bench.sendBodies('2');
  await bench.drained();
  expect(backend.connections).toBe(1);
  backend.disconnect();
  await bench.sendBodies('3');
  await bench.drained();
  expect(backend.bodies).toEqual([['1'], ['2'], ['3']]);
  expect(backend.connections).toBe(2);
});

test('a call that is made again, on a new connection, and not answered leaves no connection behind', async () => {
  const script: Answer[] = [{}, { ends: 'with a reset' }, { ends: 'never' }];
  const { backend, bench } = await exporterTo(script, { timeout: '50ms' });
  await bench.sendBodies('1');
  await bench.drained();
  await bench.sendBodies('2');
  await bench.drained();
  expect(backend.bodies).toEqual([['1'], ['2'], ['2'], ['2']]);
  expect(backend.connections).toBe(3);
});
