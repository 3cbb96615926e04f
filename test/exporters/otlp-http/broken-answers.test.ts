import { afterEach, describe, expect, test } from 'vitest';
import { FaultProxy, type Fault } from '../../chaos/fault-proxy.ts';
import { bodiesOf, ScriptedBackend, type Answer } from '../../chaos/scripted-backend.ts';
import { ExporterBench } from './bench.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function exporterTo(endpoint: string, given: object = {}): Promise<ExporterBench> {
  const bench = await ExporterBench.make({ endpoint, timeout: '100ms', compression: 'none', ...given });
  running.push(bench);
  await bench.start();
  return bench;
}

async function backendWith(...script: readonly Answer[]): Promise<ScriptedBackend> {
  const backend = await ScriptedBackend.start(script);
  running.push(backend);
  return backend;
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

/** spec/reliability.md B6: where a connection breaks, and whether the records have to be sent again. */
describe('a connection that is broken', () => {
  const faults: readonly (readonly [name: string, fault: Fault])[] = [
    ['before the request', { cutUpAfter: 0 }],
    ['before the request, with a reset', { cutUpAfter: 0, reset: true }],
    ['within the headers', { cutUpAfter: 40 }],
    ['within the body', { cutUpAfter: 400 }],
    ['within the body, with a reset', { cutUpAfter: 400, reset: true }],
    ['before the answer', { cutDownAfter: 0 }],
    ['before the answer, with a reset', { cutDownAfter: 0, reset: true }],
    ['within the headers of the answer', { cutDownAfter: 20, reset: true }],
    ['and nobody is told, on the way there', { holdUpAfter: 100 }],
    ['and nobody is told, on the way back', { holdDownAfter: 0 }],
  ];

  test.each(faults)('%s: all is sent again', async (_, fault) => {
    const backend = await backendWith();
    const proxy = await FaultProxy.start(backend.port, (connection) => (connection < 3 ? fault : {}));
    running.push(proxy);
    const bench = await exporterTo(proxy.url);
    await bench.sendBodies('1', '2');
    await bench.drained();
    expect(proxy.fired).toBe(3);
    expect(backend.requests.map(bodiesOf).at(-1)).toEqual(['1', '2']);
    expect(new Set(backend.requests.map(({ sent }) => sent.toString())).size).toBe(1);
    expect(bench.host.counters('otlp_http')).toEqual({ records: 2, delivered: 2 });
  });

  test.each<readonly [string, Answer]>([
    ['a body that breaks off', { instead: 'half', body: '{' }],
    ['a body that hangs', { instead: 'hang', body: '{' }],
    ['a truncated chunk', { raw: `${ok}Transfer-Encoding: chunked\r\n\r\n5\r\n{}` }],
    ['a Content-Length that is too long', { raw: `${ok}Content-Length: 50\r\n\r\n{}` }],
    ['a Content-Length that is too short', { raw: `${ok}Content-Length: 1\r\nConnection: close\r\n\r\n{}` }],
    ['HTTP/1.0', { raw: 'HTTP/1.0 200 OK\r\n\r\n{}' }],
  ])('200 and %s: it was taken', async (_, answer) => {
    const backend = await backendWith(answer);
    const bench = await exporterTo(backend.url);
    await bench.sendBodies('1', '2');
    await bench.drained();
    expect([backend.faults, backend.requests.length]).toEqual([1, 1]);
    expect(bench.host.counters('otlp_http')).toEqual({ records: 2, delivered: 2 });
  });

  test.each([
    ['json', '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"'],
    ['json', '{ "partialSuccess" : {"errorMessage":"'],
    ['proto', Uint8Array.of(10, 100, 8, 1, 18, 96, 65)],
  ])(
    '200 and the beginning of a partial success in %s: not sent again, set aside',
    async (encoding, body) => {
      const backend = await backendWith({ instead: 'half', body });
      const bench = await exporterTo(backend.url, { encoding });
      await bench.sendBodies('1', '2');
      await bench.drained();
      expect(backend.requests).toHaveLength(1);
      expect(bench.host.counters('otlp_http')).toEqual({ records: 2, dead: 2 });
    },
  );

  test('a bit that is turned on the way changes what arrives, and the backend refuses it', async () => {
    const backend = await backendWith();
    const proxy = await FaultProxy.start(backend.port, (n) => (n === 0 ? { flipUpAt: 0 } : {}));
    running.push(proxy);
    const bench = await exporterTo(proxy.url);
    await bench.sendBodies('1');
    await bench.logged('refused 1 records: 400 Bad Request');
    expect([proxy.fired, backend.requests.length]).toEqual([1, 0]);
  });
});

/** spec/reliability.md B7. */
describe('an answer without end', () => {
  const memory = (): number => process.memoryUsage().rss;

  test.each<readonly [string, Answer, object]>([
    ['in its body', { instead: 'endless' }, { records: 1, delivered: 1 }],
    ['in its body, refusing', { instead: 'endless', status: 400 }, { records: 1, dead: 1 }],
  ])('%s is left after 64 KiB', async (_, answer, counters) => {
    const backend = await backendWith(answer);
    const bench = await exporterTo(backend.url, { timeout: '20s' });
    const before = memory();
    await bench.sendBodies('1');
    await bench.drained();
    expect(bench.host.counters('otlp_http')).toEqual(counters);
    expect(memory() - before).toBeLessThan(64 * 2 ** 20);
  });

  test('in its headers is no answer: all is sent again', async () => {
    const backend = await backendWith({ instead: 'endless headers' });
    const bench = await exporterTo(backend.url, { timeout: '20s' });
    await bench.sendBodies('1');
    await bench.drained();
    expect(backend.requests).toHaveLength(2);
    expect(bench.log.lines.join()).toContain('the headers of its answer have no end');
    expect(bench.host.counters('otlp_http')).toEqual({ records: 1, delivered: 1 });
  });

  test('of a packed body is never unpacked', async () => {
    const bomb = Buffer.alloc(10_000, 'x');
    const backend = await backendWith({ headers: { 'Content-Encoding': 'gzip' }, body: bomb });
    const bench = await exporterTo(backend.url);
    await bench.sendBodies('1');
    await bench.drained();
    expect(backend.requests[0]?.headers['accept-encoding']).toBeUndefined();
    expect(bench.host.counters('otlp_http')).toEqual({ records: 1, delivered: 1 });
  });
});
