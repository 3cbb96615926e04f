import { connect } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { statusMessage } from '../../../src/otlp/status.ts';
import { until } from '../../e2e/until.ts';
import { zstdRun } from '../../net/raw-zstd.ts';
import { jsonRequest, ReceiverBench, RecordingConsumer } from './bench.ts';

let consumer: RecordingConsumer;
let bench: ReceiverBench;
beforeEach(() => {
  consumer = new RecordingConsumer();
  bench = new ReceiverBench(consumer);
});
afterEach(() => bench.stop());

const bodies = (): unknown[] => consumer.records.map(({ body }) => body);

describe('refuses', () => {
  beforeEach(() => bench.start({ max_request_body_size: 1_000 }));

  const json = { 'Content-Type': 'application/json' };
  const cases: readonly (readonly [string, number, string, RequestInit])[] = [
    ['another method', 405, 'logs are sent by POST', { method: 'GET' }],
    [
      'another type',
      415,
      'content type must be application/json or',
      { body: 'x', headers: { 'Content-Type': 'text/plain' } },
    ],
    [
      'another packing',
      415,
      'must be gzip, deflate, zstd, identity',
      { body: '{}', headers: { ...json, 'Content-Encoding': 'br' } },
    ],
    [
      'no deflate',
      400,
      'not deflate, or ends early',
      { body: '{}', headers: { ...json, 'Content-Encoding': 'deflate' } },
    ],
    [
      'no zstd',
      400,
      'not zstd, or ends early',
      { body: '{}', headers: { ...json, 'Content-Encoding': 'zstd' } },
    ],
    [
      'a bomb in deflate',
      413,
      'larger than 1.0 kB',
      { body: deflateSync('x'.repeat(100_000)), headers: { ...json, 'Content-Encoding': 'deflate' } },
    ],
    [
      'a bomb in zstd',
      413,
      'larger than 1.0 kB',
      { body: zstdRun(100_000), headers: { ...json, 'Content-Encoding': 'zstd' } },
    ],
    [
      'no gzip',
      400,
      'not gzip, or ends early',
      { body: '{}', headers: { ...json, 'Content-Encoding': 'gzip' } },
    ],
    [
      'half a gzip',
      400,
      'not gzip, or ends early',
      { body: gzipSync('{}').subarray(0, -9), headers: { ...json, 'Content-Encoding': 'gzip' } },
    ],
    ['half a JSON', 400, 'not valid JSON', { body: '{"resourceLogs":[{', headers: json }],
    ['an empty JSON', 400, 'not valid JSON', { body: '', headers: json }],
    ['a wrong field', 400, 'resourceLogs is not a list', { body: '{"resourceLogs":1}', headers: json }],
    ['a body a little too large', 413, 'larger than 1.0 kB', { body: 'x'.repeat(1_500), headers: json }],
    ['a body much too large', 413, 'larger than 1.0 kB', { body: 'x'.repeat(5_000), headers: json }],
    [
      'a bomb',
      413,
      'larger than 1.0 kB',
      { body: gzipSync('x'.repeat(100_000)), headers: { ...json, 'Content-Encoding': 'gzip' } },
    ],
  ];
  test.each(cases)('%s with %i', async (_, status, message, init) => {
    const response = await fetch(`http://${bench.address}/v1/logs`, { method: 'POST', ...init });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({
      code: expect.any(Number) as unknown,
      message: expect.stringContaining(message) as unknown,
    });
    expect(consumer.batches).toEqual([]);
    expect(bench.log.lines.join()).toContain(`warn: ${status} to 127.0.0.1: `);
  });

  test('another path with 404', async () => {
    const response = await bench.post('{}', {}, '/v1/traces');
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('there is nothing here; logs go to /v1/logs');
  });

  test('with 405 naming what is allowed, and with 415 what can be read', async () => {
    const get = await fetch(`http://${bench.address}/v1/logs`);
    expect(get.headers.get('allow')).toBe('POST');
    const packed = await bench.post('x', { 'Content-Encoding': 'br' });
    expect(packed.headers.get('accept-encoding')).toBe('gzip, deflate, zstd, identity');
  });

  test('protobuf with a status in protobuf', async () => {
    const response = await bench.post(Uint8Array.of(10, 99), { 'Content-Type': 'application/x-protobuf' });
    const type = response.headers.get('content-type') ?? '';
    expect([response.status, type]).toEqual([400, 'application/x-protobuf']);
    const body = new Uint8Array(await response.arrayBuffer());
    expect(statusMessage(body, type)).toContain('the message ends early');
  });

  test('nothing else on the connection afterwards', async () => {
    expect((await bench.post('x'.repeat(1_500))).status).toBe(413);
    expect((await bench.post(jsonRequest('good'))).status).toBe(200);
    expect(bodies()).toEqual(['good']);
  });

  test('values nested without end with 400, and lives on', async () => {
    await bench.stop();
    bench = new ReceiverBench(consumer);
    await bench.start();
    const deep = `${'{"arrayValue":{"values":['.repeat(60_000)}${']}}'.repeat(60_000)}`;
    const body = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":${deep}}]}]}]}`;
    const response = await bench.post(body);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('nested more than 128 deep');
    expect((await bench.post(jsonRequest('good'))).status).toBe(200);
  });

  test('too many records with 413', async () => {
    await bench.stop();
    bench = new ReceiverBench(consumer);
    await bench.start();
    const logRecords = Array.from({ length: 100_001 }, () => ({}));
    const response = await bench.post(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] }));
    expect(response.status).toBe(413);
  });
});

describe('a sender that', () => {
  beforeEach(() => bench.start());

  test('goes away in the middle of a body leaves nothing behind', async () => {
    const [host, port] = bench.address.split(':');
    const socket = connect(Number(port), host);
    const head =
      'POST /v1/logs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{';
    await new Promise((resolve) => socket.write(head, resolve));
    socket.destroy();
    await until(
      () => bench.log.lines.some((line) => line.includes('the body ends early')),
      () => bench.log.lines.join(),
    );
    expect(consumer.batches).toEqual([]);
    expect((await bench.post(jsonRequest('good'))).status).toBe(200);
  });

  test('speaks no HTTP is cut off', async () => {
    const [host, port] = bench.address.split(':');
    const socket = connect(Number(port), host);
    const answer: Buffer[] = [];
    socket.on('data', (chunk) => answer.push(chunk));
    socket.write('garbage\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(Buffer.concat(answer).toString()).toContain('400 Bad Request');
    expect((await bench.post(jsonRequest('good'))).status).toBe(200);
  });
});

test('large bodies are taken one after the other, and too many at a time are put off', async () => {
  await bench.start({ max_request_body_size: 1_000 });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  consumer.before = () => held;
  const large = jsonRequest('x'.repeat(900));
  const responses = Array.from({ length: 12 }, () => bench.post(large));
  await until(
    () => bench.log.lines.some((line) => line.includes('too many large requests at a time')),
    () => bench.log.lines.join(),
  );
  release();
  const statuses = (await Promise.all(responses)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  expect(statuses.filter((status) => status === 200)).toHaveLength(bodies().length);
  expect((await bench.post(large)).status).toBe(200);
});
