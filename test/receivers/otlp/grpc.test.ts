import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { framed } from '../../../src/net/grpc/frame.ts';
import { GrpcClient } from '../../../src/net/grpc/grpc-client.ts';
import { readReply, type GrpcReply } from '../../../src/net/grpc/grpc-reply.ts';
import { encode } from '../../../src/otlp/encode.ts';
import { retryDelayMs } from '../../../src/otlp/retry-info.ts';
import { logRecord, noResource } from '../../../src/record/record.ts';
import { until } from '../../e2e/until.ts';
import { rawZstd, zstdRun } from '../../net/raw-zstd.ts';
import { ReceiverBench, RecordingConsumer } from './bench.ts';

const method = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const patient = (): AbortSignal => new AbortController().signal;

let consumer: RecordingConsumer;
let bench: ReceiverBench;
beforeEach(() => {
  consumer = new RecordingConsumer();
  bench = new ReceiverBench(consumer);
});
afterEach(() => bench.stop());

const record = logRecord({
  observedTime: 5n,
  resource: { attributes: { 'k8s.cluster.name': 'c' } },
  body: { verb: 'get' },
  attributes: { a: [1, 'two'] },
});
const request = (body = 'a'): Buffer =>
  Buffer.from(encode([logRecord({ observedTime: 5n, resource: noResource, body })], 'proto'));

function client(): GrpcClient {
  const made = new GrpcClient(
    { origin: `http://${bench.address}`, authority: undefined, timeoutMs: 9_000 },
    {},
  );
  onTestFinished(() => made.close());
  return made;
}

const call = (message: Uint8Array, metadata: Record<string, string> = {}): Promise<GrpcReply> =>
  client().call(method, { message, packed: false }, metadata, patient());

function session(): ClientHttp2Session {
  const made = connectHttp2(`http://${bench.address}`);
  made.on('error', () => {});
  onTestFinished(() => made.destroy());
  return made;
}

/** A call as it is written, where the client would not write it. */
function rawCall(headers: Record<string, string>, body: Buffer, over = session()) {
  return new Promise<{ status: unknown; reply: GrpcReply | undefined }>((resolve) => {
    const stream = over.request({
      ':method': 'POST',
      ':path': method,
      'content-type': 'application/grpc',
      ...headers,
    });
    let [head, trailers]: Record<string, unknown>[] = [{}, {}];
    const chunks: Buffer[] = [];
    stream.on('response', (found) => (head = found));
    stream.on('trailers', (found) => (trailers = found));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => {});
    stream.once('close', () =>
      resolve({
        status: head?.[':status'],
        reply: readReply(head as never, trailers as never, Buffer.concat(chunks)),
      }),
    );
    stream.end(body);
  });
}

describe('a call', () => {
  beforeEach(() => bench.startGrpc());

  test('is taken whole, with resource and scope, and answered with an empty message', async () => {
    const body = encode([record], 'proto');
    const reply = await call(body);
    expect(reply).toEqual({ code: 0, message: '', details: undefined, body: Buffer.alloc(5) });
    expect(consumer.records).toEqual([record]);
    expect(bench.host.counters('otlp/in')).toEqual({ lines: 1, bytes: body.length });
  });

  test('without records is answered with success and no unit of work', async () => {
    bench.host.failingCommits = 1;
    expect((await call(new Uint8Array())).code).toBe(0);
    expect(consumer.batches).toEqual([]);
  });

  test.each([
    ['gzip', gzipSync(request())],
    ['deflate', deflateSync(request())],
    ['zstd', rawZstd(request())],
  ])('packed by %s is unpacked', async (name, packed) => {
    const { reply } = await rawCall({ 'grpc-encoding': name }, framed(packed, true));
    expect(reply?.code).toBe(0);
    expect(consumer.records).toMatchObject([{ body: 'a' }]);
  });

  test('that names a compression and does not use it is read as it is', async () => {
    const { reply } = await rawCall({ 'grpc-encoding': 'gzip' }, framed(request(), false));
    expect([reply?.code, consumer.records.length]).toEqual([0, 1]);
  });

  test('is committed before the answer', async () => {
    let commit: (() => void) | undefined;
    consumer.before = () => new Promise((resolve) => (commit = resolve));
    let answered = false;
    const reply = call(request()).finally(() => (answered = true));
    const goOn = await until(
      () => commit,
      () => 'nothing was consumed',
    );
    expect([answered, bench.host.counters('otlp/in')]).toEqual([false, {}]);
    goOn();
    expect((await reply).code).toBe(0);
    expect(bench.host.counters('otlp/in')).toMatchObject({ lines: 1 });
  });

  test('that cannot be stored is UNAVAILABLE, with when to try again, and leaves nothing behind', async () => {
    bench.host.failingCommits = 1;
    const reply = await call(request());
    expect(reply).toMatchObject({
      code: 14,
      message: 'the records could not be stored now; send them again',
    });
    expect(retryDelayMs(reply.details ?? Buffer.alloc(0))).toBe(1_000);
    expect(bench.host.counters('otlp/in')).toEqual({});
    expect((await call(request())).code).toBe(0);
  });
});

describe('refuses', () => {
  beforeEach(() => bench.startGrpc({ max_recv_msg_size_mib: 1 }));

  const large = Buffer.alloc(2 ** 20 + 1);
  const cases: readonly (readonly [string, number, string, Record<string, string>, Buffer])[] = [
    ['another method', 12, 'logs go to', { ':path': '/x.TraceService/Export' }, framed(request(), false)],
    ['another packing', 12, 'must be gzip', { 'grpc-encoding': 'snappy' }, framed(request(), true)],
    ['a packing without a name', 3, 'does not say how', {}, framed(gzipSync(request()), true)],
    ['no gzip', 3, 'not gzip', { 'grpc-encoding': 'gzip' }, framed(request(), true)],
    ['no OTLP', 3, 'ends early', {}, framed(Uint8Array.of(10, 99), false)],
    ['no message', 3, 'not hold one message', {}, Buffer.alloc(0)],
    ['half a message', 3, 'not hold one message', {}, framed(request(), false).subarray(0, -1)],
    ['a message a little too large', 8, 'larger than 1.0 MB', {}, framed(large, false)],
    ['a message much too large', 8, 'larger than 1.0 MB', {}, framed(Buffer.alloc(5e6), false)],
    ['a bomb', 8, 'larger than', { 'grpc-encoding': 'gzip' }, framed(gzipSync(Buffer.alloc(2e6)), true)],
    ['a bomb in zstd', 8, 'larger than', { 'grpc-encoding': 'zstd' }, framed(zstdRun(2e6), true)],
  ];
  test.each(cases)('%s with the code %i', async (_, code, message, headers, body) => {
    const { reply } = await rawCall(headers, body);
    expect(reply).toMatchObject({ code, message: expect.stringContaining(message) as unknown });
    expect(reply?.details).toBeUndefined();
    expect(consumer.batches).toEqual([]);
    // The same connection goes on.
    expect((await call(request())).code).toBe(0);
  });

  test.each([{ 'content-type': 'application/json' }, { 'content-type': 'application/grpc+json' }])(
    'what is no call, %j, with 415',
    async (headers) => {
      expect((await rawCall(headers, request())).status).toBe(415);
    },
  );

  test('a message of exactly the limit not', async () => {
    const body = 'x'.repeat(2 ** 20 - request('').length - 10);
    const message = request(body);
    expect(message.length).toBeGreaterThan(2 ** 20 - 20);
    expect(message.length).toBeLessThanOrEqual(2 ** 20);
    expect((await call(message)).code).toBe(0);
  });

  test('HTTP/1.1, by closing the connection', async () => {
    const [host, port] = bench.address.split(':');
    const socket = connect(Number(port), host);
    socket.on('error', () => {});
    socket.resume();
    socket.write('POST /v1/logs HTTP/1.1\r\nHost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect((await call(request())).code).toBe(0);
  });
});

test('a sender without the token is UNAUTHENTICATED', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-token-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'tokens');
  writeFileSync(file, 'known\n');
  await bench.startGrpc({ auth: { bearer_token_file: file } });
  for (const metadata of [{}, { authorization: 'Bearer other' }, { authorization: 'known' }]) {
    expect((await call(request(), metadata)).code).toBe(16);
  }
  expect(consumer.batches).toEqual([]);
  expect((await call(request(), { authorization: 'Bearer known' })).code).toBe(0);
});

test('large messages that are too many at a time are put off, with when to try again', async () => {
  await bench.startGrpc({ max_recv_msg_size_mib: 1 });
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  consumer.before = () => held;
  const message = request('x'.repeat(900_000));
  const replies = Array.from({ length: 12 }, () => call(message));
  await until(
    () => bench.log.lines.some((line) => line.includes('too many large requests at a time')),
    () => bench.log.lines.join(),
  );
  release();
  const codes = (await Promise.all(replies)).map(({ code }) => code);
  expect(new Set(codes)).toEqual(new Set([0, 14]));
  expect(codes.filter((code) => code === 0)).toHaveLength(consumer.records.length);
});

describe('a connection', () => {
  const closed = (one: ClientHttp2Session): Promise<void> =>
    new Promise((resolve) => one.once('close', resolve));

  test('without a call is closed after max_connection_idle', async () => {
    await bench.startGrpc({ keepalive: { server_parameters: { max_connection_idle: '200ms' } } });
    await closed(session());
    const used = session();
    const gone = closed(used);
    expect((await rawCall({}, framed(request(), false), used)).reply?.code).toBe(0);
    await gone;
  });

  test('of max_connection_age finishes its call and is closed', async () => {
    await bench.startGrpc({ keepalive: { server_parameters: { max_connection_age: '20ms' } } });
    const used = session();
    const away = new Promise<void>((resolve) => used.once('goaway', () => resolve()));
    let release = (): void => {};
    consumer.before = () => new Promise((resolve) => (release = resolve));
    const answer = rawCall({}, framed(request(), false), used);
    await away;
    release();
    expect((await answer).reply?.code).toBe(0);
    await closed(used);
  });

  test('that asks too often whether we are there is ended', async () => {
    await bench.startGrpc();
    const pinging = session();
    const code = new Promise((resolve) => pinging.once('goaway', resolve));
    await new Promise<void>((resolve) => pinging.once('remoteSettings', () => resolve()));
    for (let count = 0; count < 4; count++) pinging.ping(() => {});
    expect(await code).toBe(11);
  });

  test('may have max_concurrent_streams calls open', async () => {
    await bench.startGrpc({ max_concurrent_streams: 3 });
    const one = session();
    const settings = new Promise((resolve) => one.once('remoteSettings', resolve));
    expect(await settings).toMatchObject({ maxConcurrentStreams: 3, maxHeaderListSize: 16_384 });
  });
});

test('stopping waits for calls in flight and answers them', async () => {
  await bench.startGrpc();
  let release = (): void => {};
  let begun = false;
  consumer.before = () => {
    begun = true;
    return new Promise((resolve) => (release = resolve));
  };
  const reply = call(request());
  await until(
    () => begun,
    () => 'nothing came',
  );
  const stopped = bench.stop(new AbortController().signal);
  release();
  expect((await reply).code).toBe(0);
  await stopped;
  await expect(call(request())).rejects.toThrow('ECONNREFUSED');
});
