import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { HttpClient, type Reply } from '../../src/net/http-client.ts';
import { ScriptedBackend, type Answer } from '../chaos/scripted-backend.ts';

const running: { stop(): Promise<void> | void }[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const one of running.splice(0).reverse()) await one.stop();
});

async function start(...script: readonly Answer[]): Promise<ScriptedBackend> {
  const backend = await ScriptedBackend.start(script);
  running.push(backend);
  return backend;
}

function client(url: string, timeoutMs = 10_000): HttpClient {
  const made = new HttpClient(new URL(url), timeoutMs, {});
  running.push({ stop: () => made.close() });
  return made;
}

const never = new AbortController().signal;
const post = (one: HttpClient, signal = never): Promise<Reply> =>
  one.post(Buffer.from('x'), { A: 'b' }, signal);

test('keeps what the backend answers', async () => {
  const backend = await start({
    status: 503,
    headers: { 'Retry-After': '7', 'Content-Type': 'text/plain' },
    body: 'later',
  });
  expect(await post(client(backend.url))).toEqual({
    status: 503,
    statusText: 'Service Unavailable',
    contentType: 'text/plain',
    retryAfter: '7',
    body: Buffer.from('later'),
  });
  expect(backend.requests[0]).toMatchObject({ method: 'POST', headers: { a: 'b', 'content-length': '1' } });
});

test('uses one connection for all requests', async () => {
  const backend = await start();
  const one = client(backend.url);
  for (let request = 0; request < 3; request++) await post(one);
  expect(backend.connections).toBe(1);
});

test('follows no redirect', async () => {
  const target = await start();
  const backend = await start({ status: 307, headers: { Location: `${target.url}/v1/logs` } });
  expect((await post(client(backend.url))).status).toBe(307);
  expect(target.requests).toEqual([]);
});

test('asks no proxy of the environment', async () => {
  const proxy = await start();
  const backend = await start();
  for (const name of ['HTTP_PROXY', 'http_proxy']) vi.stubEnv(name, proxy.url);
  vi.stubEnv('NODE_USE_ENV_PROXY', '1');
  expect((await post(client(backend.url))).status).toBe(200);
  expect(proxy.requests).toEqual([]);
});

test('reads no more than 64 KiB of an answer', async () => {
  const backend = await start({ status: 500, body: Buffer.alloc(10_000_000, 'x') });
  const reply = await post(client(backend.url));
  expect(reply).toMatchObject({ status: 500 });
  expect(reply.body).toHaveLength(65_536);
});

test('a status counts even if the rest of the answer breaks off', async () => {
  const backend = await start({ status: 200, instead: 'half', body: '{' });
  expect(await post(client(backend.url))).toMatchObject({ status: 200 });
});

test('sends again at once when the kept connection had just been closed', async () => {
  const backend = await start({}, { instead: 'cut' });
  const one = client(backend.url);
  await post(one);
  expect((await post(one)).status).toBe(200);
  expect(backend.requests).toHaveLength(3);
});

describe('rejects', () => {
  test('when nothing listens', async () => {
    const backend = await start();
    await backend.stop();
    await expect(post(client(backend.url))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  test('when the connection is cut', async () => {
    const backend = await start({ instead: 'cut' });
    await expect(post(client(backend.url))).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('when no answer comes in time', async () => {
    const backend = await start({ instead: 'silence' });
    await expect(post(client(backend.url, 50))).rejects.toThrow('no answer within 50ms');
  });

  test('when it is told to stop, before or during the request', async () => {
    const backend = await start({ instead: 'silence' });
    const one = client(backend.url);
    await expect(post(one, AbortSignal.abort())).rejects.toThrow('stopped before an answer came');
    expect(backend.requests).toEqual([]);
    const stop = new AbortController();
    const pending = expect(post(one, stop.signal)).rejects.toThrow('stopped before an answer came');
    stop.abort();
    await pending;
  });
});

test('an answer that only changes the protocol is none', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () =>
      socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push({ stop: () => void server.close() });
  const { port } = server.address() as AddressInfo;
  await expect(post(client(`http://127.0.0.1:${port}`))).rejects.toThrow('without an answer');
});
