import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { SeverityNumber } from '@opentelemetry/api-logs';
import { OTLPLogExporter } from '@opentelemetry/exporter-logs-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { otlp } from '../../src/receivers/otlp.ts';
import { encode } from '../../src/otlp/encode.ts';
import { logRecord } from '../../src/record/record.ts';
import { until } from '../e2e/until.ts';
import { rawZstd } from '../net/raw-zstd.ts';
import { jsonRequest, ReceiverBench, RecordingConsumer } from './otlp/bench.ts';

let consumer: RecordingConsumer;
let bench: ReceiverBench;
beforeEach(() => {
  consumer = new RecordingConsumer();
  bench = new ReceiverBench(consumer);
});
afterEach(() => bench.stop());

const bodies = (): unknown[] => consumer.records.map(({ body }) => body);

describe('takes', () => {
  beforeEach(() => bench.start());

  test('JSON, and answers an empty object', async () => {
    const response = await bench.post(jsonRequest('a', 'b'), {
      'Content-Type': 'application/json; charset=utf-8',
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe('{}');
    expect(bodies()).toEqual(['a', 'b']);
  });

  test('protobuf, and answers an empty message', async () => {
    const record = logRecord({ observedTime: 5n, resource: { attributes: { a: 1 } }, body: 'x' });
    const response = await bench.post(encode([record], 'proto'), {
      'Content-Type': 'application/x-protobuf',
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    expect((await response.arrayBuffer()).byteLength).toBe(0);
    expect(consumer.records).toEqual([record]);
  });

  test('gzip, also of several members', async () => {
    const [head, tail] = [jsonRequest('a').slice(0, 20), jsonRequest('a').slice(20)];
    const body = Buffer.concat([gzipSync(head), gzipSync(tail)]);
    expect((await bench.post(body, { 'Content-Encoding': 'GZIP' })).status).toBe(200);
    expect(bodies()).toEqual(['a']);
  });

  test.each([
    ['deflate', deflateSync(jsonRequest('a'))],
    ['zlib', deflateSync(jsonRequest('a'))],
    ['zstd', rawZstd(Buffer.from(jsonRequest('a')))],
  ])('%s', async (name, body) => {
    expect((await bench.post(body, { 'Content-Encoding': name })).status).toBe(200);
    expect(bodies()).toEqual(['a']);
  });

  test('a body of declared identity', async () => {
    expect((await bench.post(jsonRequest('a'), { 'Content-Encoding': 'identity' })).status).toBe(200);
  });

  test.each([
    ['{}', 'application/json'],
    ['{"resourceLogs":[]}', 'application/json'],
    ['{"resourceLogs":[{"scopeLogs":[{}]}]}', 'application/json'],
    ['', 'application/x-protobuf'],
  ])('the empty request %s without a unit of work', async (body, type) => {
    bench.host.failingCommits = 1;
    expect((await bench.post(body, { 'Content-Type': type })).status).toBe(200);
    expect(consumer.batches).toEqual([]);
  });

  test('what the SDK of OpenTelemetry sends', async () => {
    const exporter = new OTLPLogExporter({ url: `http://${bench.address}/v1/logs` });
    const resource = resourceFromAttributes({ 'service.name': 'sdk' });
    const provider = new LoggerProvider({
      resource,
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    provider.getLogger('scope', '1').emit({
      body: { nested: [1, 'two'] },
      severityNumber: SeverityNumber.WARN,
      eventName: 'event',
      attributes: { key: 'value' },
    });
    await provider.forceFlush();
    await provider.shutdown();
    expect(consumer.records).toMatchObject([
      {
        body: { nested: [1, 'two'] },
        severityNumber: 13,
        eventName: 'event',
        attributes: { key: 'value' },
        resource: { attributes: { 'service.name': 'sdk' } },
        scope: { name: 'scope', version: '1' },
      },
    ]);
  });
});

describe('hands on', () => {
  beforeEach(() => bench.start());

  test('one batch for each resource, at a position that counts bytes over all requests', async () => {
    const of = (name: string) => ({
      resource: { attributes: [{ key: 'name', value: { stringValue: name } }] },
      scopeLogs: [{ logRecords: [{}] }],
    });
    const request = JSON.stringify({ resourceLogs: [of('a'), of('b')] });
    await bench.post(request);
    await bench.post(request);
    const size = request.length;
    expect(
      consumer.batches.map(({ batch }) => [batch.resource.attributes['name'], batch.position.offset]),
    ).toEqual([
      ['a', size],
      ['b', size],
      ['a', 2 * size],
      ['b', 2 * size],
    ]);
    const [first] = consumer.batches;
    expect(first?.batch).toMatchObject({ source: '127.0.0.1', last: false, position: { stream: 'otlp/in' } });
    expect(bench.host.counters('otlp/in')).toEqual({ lines: 4, bytes: 2 * size });
  });

  test('events of ours uncounted, for they are no lines', async () => {
    const logRecords = [{ eventName: 'riskpipe.risk_event' }, { eventName: 'other' }, {}];
    await bench.post(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
    expect(consumer.records).toHaveLength(3);
    expect(bench.host.counters('otlp/in')).toMatchObject({ lines: 2 });
  });

  test('the time of the unit of work as observed time where the sender named none', async () => {
    const logRecords = [{}, { observedTimeUnixNano: '7' }];
    await bench.post(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
    expect(consumer.records.map(({ observedTime }) => observedTime)).toEqual([bench.host.now, 7n]);
  });
});

describe('the unit of work', () => {
  beforeEach(() => bench.start());

  test('is committed before the answer', async () => {
    let commit: (() => void) | undefined;
    consumer.before = () => new Promise((resolve) => (commit = resolve));
    let answered = false;
    const response = bench.post(jsonRequest('a')).finally(() => (answered = true));
    const goOn = await until(
      () => commit,
      () => 'nothing was consumed',
    );
    expect([answered, bench.host.counters('otlp/in')]).toEqual([false, {}]);
    goOn();
    expect((await response).status).toBe(200);
    expect(bench.host.counters('otlp/in')).toMatchObject({ lines: 1 });
  });

  test('that fails is answered with 503, and leaves nothing behind', async () => {
    bench.host.failingCommits = 1;
    const response = await bench.post(jsonRequest('a'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toEqual({
      code: 14,
      message: 'the records could not be stored now; send them again',
    });
    expect(bench.host.counters('otlp/in')).toEqual({});
    expect(bench.host.store.get('position/otlp/in', 'offset')).toBeUndefined();
    expect(bench.log.lines.join()).toContain('could not take a request from 127.0.0.1: ENOSPC');
    expect((await bench.post(jsonRequest('a'))).status).toBe(200);
  });

  test('spans all resources of a request', async () => {
    const request = {
      resourceLogs: [{ scopeLogs: [{ logRecords: [{}] }] }, { scopeLogs: [{ logRecords: [{}] }] }],
    };
    let batches = 0;
    consumer.before = async () => {
      if (++batches === 2) throw new Error('the queue is full');
    };
    expect((await bench.post(JSON.stringify(request))).status).toBe(503);
    expect(bench.host.counters('otlp/in')).toEqual({});
  });
});

describe('options', () => {
  test('logs_url_path moves it', async () => {
    await bench.start({ logs_url_path: '/in' });
    expect((await bench.post('{}', {}, '/in?x=1')).status).toBe(200);
    expect((await bench.post('{}')).status).toBe(404);
  });

  test('max_request_body_size bounds the body', async () => {
    await bench.start({ max_request_body_size: '100 B' });
    expect((await bench.post(jsonRequest('a'))).status).toBe(200);
    expect((await bench.post(jsonRequest('a'.repeat(100)))).status).toBe(413);
  });

  test('endpoint says where to listen, on loopback without a warning', async () => {
    await bench.start({ endpoint: 'localhost:0' });
    expect(bench.address).toMatch(/^localhost:[1-9]\d*$/);
    expect(bench.log.lines).toHaveLength(1);
    expect((await bench.post('{}')).status).toBe(200);
  });

  test('endpoint beyond loopback is refused without protection; with allow_unprotected there is a warning', async () => {
    await expect(bench.start({ endpoint: '0.0.0.0:0' })).rejects.toThrow('allow_unprotected');
    await bench.start({ endpoint: '0.0.0.0:0', allow_unprotected: true });
    expect(bench.log.lines.join()).toMatch(/0\.0\.0\.0:\d+ can be reached from other machines/);
  });

  test('auth: a sender without the token is answered 401, and its body is not read', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'tokens');
    writeFileSync(file, 'known\n');
    await bench.start({ auth: { bearer_token_file: file } });
    const refused = await bench.post(jsonRequest('a'), { Authorization: 'Bearer other' });
    expect([refused.status, await refused.json()]).toEqual([
      401,
      { code: 16, message: 'no token that is known here' },
    ]);
    expect(consumer.records).toEqual([]);
    expect((await bench.post(jsonRequest('a'), { Authorization: 'Bearer known' })).status).toBe(200);
    expect(consumer.records).toHaveLength(1);
  });

  test('a port in use is an error that names it', async () => {
    await bench.start();
    const other = new ReceiverBench(consumer);
    await expect(other.start({ endpoint: bench.address })).rejects.toThrow(
      `could not listen on ${bench.address}: another program listens there`,
    );
    await other.stop();
  });

  test('an empty http has the defaults', () => {
    expect(otlp.schema.parse({ protocols: { http: null } })).toEqual({
      protocols: {
        http: {
          endpoint: '127.0.0.1:4318',
          allow_unprotected: false,
          logs_url_path: '/v1/logs',
          max_request_body_size: 20 * 2 ** 20,
        },
      },
    });
  });

  test.each([
    [{ protocols: { http: { endpoint: 'localhost' } } }, 'is no address; write a host and a port'],
    [{ protocols: { http: { endpoint: '127.0.0.1:99999' } } }, 'is no address'],
    [{ protocols: { http: { logs_url_path: 'v1' } } }, 'must begin with "/"'],
    [{ protocols: { http: { max_request_body_size: 0 } } }, 'must be more than 0'],
    [{ protocols: {} }, 'is empty; write "grpc:" or "http:"'],
    [
      { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } },
      'can be reached from other machines and needs "tls"',
    ],
    [{ protocols: { grpc: { max_recv_msg_size_mib: 0 } } }, 'must be more than 0'],
    [{ protocols: { grpc: { max_concurrent_streams: 0 } } }, 'must be more than 0'],
    [{ protocols: { grpc: { keepalive: { server_parameters: { time: '0s' } } } } }, 'must be longer than 0s'],
    [{}, 'Invalid input'],
  ])('%j is refused', (given, message) => {
    const issues = otlp.schema.safeParse(given).error?.issues ?? [];
    expect(issues.map((issue) => issue.message).join()).toContain(message);
  });
});

describe('stopping', () => {
  test('waits for requests in flight and answers them', async () => {
    await bench.start();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = false;
    consumer.before = () => {
      begun = true;
      return held;
    };
    const response = bench.post(jsonRequest('a'));
    await until(
      () => begun,
      () => 'nothing came',
    );
    const stopped = bench.stop(new AbortController().signal);
    release();
    expect((await response).status).toBe(200);
    await stopped;
    await expect(bench.post('{}')).rejects.toThrow();
  });

  test('waits no longer than the signal lets it', async () => {
    await bench.start();
    const [host, port] = bench.address.split(':');
    const socket = connect(Number(port), host);
    socket.on('error', () => {});
    const head =
      'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{';
    await new Promise((resolve) => socket.write(head, resolve));
    const gone = new Promise((resolve) => socket.once('close', resolve));
    const patience = new AbortController();
    const stopped = bench.stop(patience.signal);
    patience.abort();
    await stopped;
    await gone;
    expect(socket.destroyed).toBe(true);
  });
});
