import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { jsonPage, PageServer, type PageOf } from '../../src/net/page-server.ts';
import { RecordingLogger } from '../recording-logger.ts';

const hello: PageOf = async ({ path }) => (path === '/hello' ? jsonPage(200, { said: 'hello' }) : undefined);

/** A server on a free port; `ask` sends one request to it. */
async function scene(pageOf: PageOf = hello, host = '127.0.0.1') {
  const log = new RecordingLogger();
  const server = new PageServer({ endpoint: `${host}:0`, log });
  const { endpoint } = await server.start(pageOf);
  onTestFinished(() => server.stop(AbortSignal.timeout(1_000)));
  const port = Number(/\d+$/.exec(endpoint)?.[0]);
  const ask = (headers: Record<string, string> = {}, path = '/hello', method = 'GET') =>
    new Promise<{ status: number; headers: object; body: string }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
      asked.once('error', reject);
      asked.once('response', (response) => {
        const { statusCode = 0, headers: answered } = response;
        void text(response).then((body) => resolve({ status: statusCode, headers: answered, body }));
      });
      asked.end();
    });
  return { ask, log };
}

test('a page is shown with headers that let no browser make more of it', async () => {
  const { ask } = await scene();
  const { status, headers, body } = await ask();
  expect([status, body]).toEqual([200, '{"said":"hello"}\n']);
  expect(headers).toMatchObject({
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    connection: 'close',
  });
});

describe('what is asked', () => {
  for (const [method, path, status] of [
    ['GET', '/hello?x=1', 200],
    ['HEAD', '/hello', 200],
    ['POST', '/hello', 405],
    ['OPTIONS', '/hello', 405],
    ['GET', '/hello/', 404],
    ['GET', '//hello', 404],
    ['GET', '/%68ello', 404],
  ] as const) {
    test(`${method} ${path}: ${status}`, async () => {
      const { ask } = await scene();
      const answer = await ask({}, path, method);
      expect(answer.status).toBe(status);
      if (method === 'HEAD') expect(answer.body).toBe('');
    });
  }
});

describe('the host that is asked for', () => {
  for (const [host, status] of [
    ['localhost', 200],
    ['localhost:8889', 200],
    ['127.0.0.1:1', 200],
    ['[::1]:8889', 200],
    ['[::1]', 200],
    ['evil.example', 421],
    ['evil.example:8889', 421],
    ['localhost.evil.example', 421],
    ['127.0.0.1.evil.example:80', 421],
    ['localhost@evil.example', 421],
    ['10.0.0.1', 421],
  ] as const) {
    test(`${host}: ${status}`, async () => {
      const { ask } = await scene();
      expect((await ask({ Host: host })).status).toBe(status);
    });
  }

  test('is not looked at where other machines may ask', async () => {
    const { ask } = await scene(hello, '0.0.0.0');
    expect((await ask({ Host: 'riskpipe.monitoring.svc' })).status).toBe(200);
  });
});

test('a page that fails is a 500 without the reason, which is logged', async () => {
  const { ask, log } = await scene(async () => {
    throw new Error('the store is gone');
  });
  const { status, body } = await ask();
  expect([status, body]).toEqual([500, '{"error":"the page could not be made; the log says why"}\n']);
  expect(log.lines).toEqual(['error: a page could not be made: the store is gone']);
});
