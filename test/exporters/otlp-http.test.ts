import { afterEach, describe, expect, test } from 'vitest';
import { decoded } from '../otlp/decoded.ts';
import { version } from '../../src/record/own.ts';
import { ExporterBench } from './otlp-http/bench.ts';
import { ScriptedBackend, type Answer, type Received } from '../chaos/scripted-backend.ts';

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function backendWith(...script: readonly Answer[]): Promise<ScriptedBackend> {
  const backend = await ScriptedBackend.start(script);
  running.push(backend);
  return backend;
}

async function started(given: object): Promise<ExporterBench> {
  const bench = await ExporterBench.make(given);
  running.push(bench);
  await bench.start();
  return bench;
}

/** The one request that a record makes with these options. */
async function request(given: object): Promise<Received> {
  const backend = await backendWith();
  const bench = await started({ endpoint: backend.url, ...given });
  await bench.sendBodies('hello');
  await bench.drained();
  const [received] = backend.requests;
  if (received === undefined) throw new Error('no request came');
  return received;
}

const bodies = ({ body }: Received): unknown =>
  decoded(body, 'json')
    .flat()
    .map((record) => record.body);

test('posts gzipped JSON to /v1/logs and says who it is', async () => {
  const received = await request({});
  expect(received).toMatchObject({ method: 'POST', url: '/v1/logs' });
  expect(received.headers).toMatchObject({
    'content-type': 'application/json',
    'content-encoding': 'gzip',
    'user-agent': `riskpipe/${version} (${process.platform}/${process.arch})`,
    'content-length': String(received.sent.length),
  });
  expect(bodies(received)).toEqual(['hello']);
});

test('encoding: proto posts protobuf', async () => {
  const received = await request({ encoding: 'proto' });
  expect(received.headers['content-type']).toBe('application/x-protobuf');
  expect(decoded(received.body, 'proto').flat()[0]?.body).toBe('hello');
});

test('compression: none sends the body as it is', async () => {
  const received = await request({ compression: 'none' });
  expect(received.headers['content-encoding']).toBeUndefined();
  expect(bodies({ ...received, body: received.sent })).toEqual(['hello']);
});

test('headers are sent, and may replace the user agent and the host', async () => {
  const { headers } = await request({ headers: { 'X-Tenant': 'a', 'user-agent': 'b', Host: 'c' } });
  expect(headers).toMatchObject({ 'x-tenant': 'a', 'user-agent': 'b', host: 'c' });
});

test('headers never reach the log', async () => {
  const backend = await backendWith({ status: 503 });
  const bench = await started({ endpoint: backend.url, headers: { Authorization: 'Bearer secret' } });
  await bench.sendBodies('1');
  await bench.drained();
  expect(bench.log.lines.length).toBeGreaterThan(1);
  expect(bench.log.lines.join()).not.toContain('secret');
});

test('logs_endpoint replaces path and host', async () => {
  const backend = await backendWith();
  const bench = await started({ endpoint: 'http://127.0.0.1:1', logs_endpoint: `${backend.url}/custom?a=1` });
  await bench.sendBodies('1');
  await bench.drained();
  expect(backend.requests[0]?.url).toBe('/custom?a=1');
});

test('start says where records go', async () => {
  const backend = await backendWith();
  const bench = await started({ endpoint: backend.url, encoding: 'proto' });
  expect(bench.log.lines).toEqual([`info: shipping OTLP/HTTP proto to ${new URL(backend.url).host}`]);
});

test('timeout: a silent backend is given up, and asked again', async () => {
  const backend = await backendWith({ instead: 'silence' });
  const bench = await started({ endpoint: backend.url, timeout: '50ms' });
  await bench.sendBodies('1');
  await bench.drained();
  expect(backend.requests.length).toBeGreaterThan(1);
  expect(bench.log.lines.join()).toContain('no answer within 50ms');
});

describe('what the backend answers', () => {
  test('503 with Retry-After: the same bytes wait as long as it says', async () => {
    const backend = await backendWith({ status: 503, headers: { 'Retry-After': '0' }, body: 'busy' });
    const bench = await started({ endpoint: backend.url });
    await bench.sendBodies('1');
    await bench.drained();
    const [first, second] = backend.requests;
    expect(second?.sent).toEqual(first?.sent);
    expect(bench.log.lines).toContain(
      `warn: cannot deliver: 503 Service Unavailable from ${backend.url}/v1/logs: busy; 1 records wait, next try in 1ms`,
    );
  });

  test('a long Retry-After is respected', async () => {
    const backend = await backendWith({ status: 429, headers: { 'Retry-After': '120' } });
    const bench = await started({ endpoint: backend.url });
    await bench.sendBodies('1');
    expect(await bench.logged('next try in 2m')).toBe(true);
  });

  test('400: the record is set aside and the next go on', async () => {
    const status = 400;
    const backend = await backendWith({ status, body: '{"message":"no"}' });
    const bench = await started({
      endpoint: backend.url,
      sending_queue: { batch: { max_size: 1, flush_timeout: '0s' } },
    });
    await bench.sendBodies('1', '2');
    await bench.drained();
    expect(backend.requests.map(bodies)).toEqual([['1'], ['2']]);
    expect(bench.host.counters('otlp_http')).toEqual({ records: 2, delivered: 1, dead: 1 });
    const [dead] = await bench.host.store.peek('dead/otlp_http', 0, 1);
    expect(dead?.value).toContain(`${status}`);
    expect(dead?.value).toContain(': no');
  });

  test.each([
    ['json', '{"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too\\u001bold"}}'],
    ['proto', Uint8Array.of(10, 10, 8, 1, 18, 6, ...Buffer.from('too\u001bol'))],
  ])('partial success in %s is never sent again: all of the request is set aside', async (encoding, body) => {
    const backend = await backendWith({ body });
    const bench = await started({ endpoint: backend.url, encoding });
    await bench.sendBodies('1', '2');
    await bench.drained();
    expect(backend.requests).toHaveLength(1);
    await bench.logged(
      'took the request but not 1 of its records, which may not be sent again: too\\u{1b}ol',
    );
    expect(bench.host.counters('otlp_http')).toEqual({ records: 2, dead: 2 });
  });

  test('a warning about a request that was taken is passed on', async () => {
    const backend = await backendWith({ body: '{"partialSuccess":{"errorMessage":"old schema"}}' });
    const bench = await started({ endpoint: backend.url });
    await bench.sendBodies('1');
    await bench.drained();
    expect(bench.log.lines).toContain(`warn: ${backend.url}/v1/logs took the request and warns: old schema`);
  });

  test('200 with a page of HTML is delivered, and doubted aloud', async () => {
    const backend = await backendWith({ body: '<html>' });
    const bench = await started({ endpoint: backend.url });
    await bench.sendBodies('1');
    await bench.drained();
    expect(bench.log.lines.join()).toContain(
      'answered 200, which counts as delivered, but with no OTLP response; is it an OTLP backend?',
    );
    expect(bench.host.counters('otlp_http')).toEqual({ records: 1, delivered: 1 });
  });

  test('nothing at all: the queue waits, and says why', async () => {
    const bench = await started({ endpoint: 'http://127.0.0.1:1' });
    await bench.sendBodies('1');
    const reason = 'no answer from http://127.0.0.1:1/v1/logs: nothing listens there (ECONNREFUSED)';
    expect(await bench.logged(`cannot deliver: ${reason}`)).toBe(true);
  });
});

describe('retry_on_failure', () => {
  const failing = Array.from({ length: 3 }, (): Answer => ({ status: 503 }));

  async function waits(retry: object): Promise<readonly string[]> {
    const backend = await backendWith(...failing);
    const bench = await started({ endpoint: backend.url, retry_on_failure: retry });
    await bench.sendBodies('1');
    await bench.drained();
    return bench.log.lines.flatMap((line) => /next try in (\w+)/.exec(line)?.[1] ?? []);
  }

  test('initial_interval, multiplier and max_interval shape the waits', async () => {
    const retry = { initial_interval: '2ms', multiplier: 3, max_interval: '8ms', randomization_factor: 0 };
    expect(await waits(retry)).toEqual(['2ms', '6ms', '8ms']);
  });

  test('randomization_factor moves them by no more than it says', async () => {
    const retry = {
      initial_interval: '20ms',
      multiplier: 1,
      max_interval: '20ms',
      randomization_factor: 0.5,
    };
    for (const wait of await waits(retry)) {
      expect(Number.parseInt(wait)).toBeGreaterThanOrEqual(10);
      expect(Number.parseInt(wait)).toBeLessThanOrEqual(30);
    }
  });
});

describe('sending_queue', () => {
  async function sizes(batch: object, ...sent: readonly string[]): Promise<readonly number[]> {
    const backend = await backendWith();
    const bench = await ExporterBench.make({ endpoint: backend.url, sending_queue: { batch } });
    running.push(bench);
    await bench.sendBodies(...sent);
    await bench.start();
    await bench.drained();
    return backend.requests.map((received) => decoded(received.body, 'json').flat().length);
  }

  test('batch.max_size bounds the records of a request', async () => {
    expect(await sizes({ max_size: 2, flush_timeout: '0s' }, '1', '2', '3')).toEqual([2, 1]);
  });

  test('batch.max_bytes bounds its bytes', async () => {
    expect(await sizes({ max_bytes: 1, flush_timeout: '0s' }, '1', '2')).toEqual([1, 1]);
  });

  test('batch.min_size lets a request go before flush_timeout', async () => {
    expect(await sizes({ min_size: 2, flush_timeout: '1h' }, '1', '2', '3')).toEqual([3]);
  });

  test.each([
    ['0s', [['1'], ['2']]],
    ['1h', [['1', '2']]],
  ])(
    'batch.flush_timeout %s decides whether a record waits for the next',
    async (flush_timeout, requests) => {
      const backend = await backendWith();
      const batch = { flush_timeout, min_size: 2 };
      const bench = await started({ endpoint: backend.url, sending_queue: { batch } });
      await bench.sendBodies('1');
      if (flush_timeout === '0s') await bench.drained();
      await bench.sendBodies('2');
      await bench.drained();
      expect(backend.requests.map(bodies)).toEqual(requests);
    },
  );

  test('queue_size makes receivers wait', async () => {
    const given = { endpoint: 'http://127.0.0.1:1', sending_queue: { queue_size: 1 } };
    const bench = await started(given);
    await bench.sendBodies('1');
    await expect(bench.sendBodies('2')).rejects.toThrow('otlp_http: 1 records (');
  });
});
