import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { healthCheck } from '../../src/extensions/health-check.ts';
import type { HealthReport } from '../../src/pipeline/component.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { settings } from '../settings.ts';

const healthy: HealthReport = { status: 'healthy', since: '2026-04-12T12:00:00Z', reasons: [] };
const broken: HealthReport = {
  status: 'unhealthy',
  since: '2026-04-12T12:00:00Z',
  reasons: [{ component: 'otlp_http', problem: 'parked: 401', since: '2026-04-12T12:00:00Z' }],
};

/** A running extension; `say` sets what it is told of the service's health. */
async function scene(options: object = {}) {
  const log = new RecordingLogger();
  const config = healthCheck.schema.parse({ endpoint: '127.0.0.1:0', ...options });
  const extension = await healthCheck.create(settings('health_check', { log }), config);
  let report = healthy;
  extension.observe?.(() => report);
  await extension.start(new TestHost());
  onTestFinished(() => extension.shutdown(AbortSignal.timeout(1_000)));
  const url = /http:\S+/.exec(log.lines.join('\n'))?.[0] ?? '';
  return { log, url, extension, say: (next: HealthReport) => (report = next) };
}

test('it answers 200 while the service is healthy, and 503 with the reasons while it is not', async () => {
  const { url, say } = await scene();
  const good = await fetch(url);
  expect([good.status, await good.json()]).toEqual([200, healthy]);
  say(broken);
  const bad = await fetch(url);
  expect([bad.status, await bad.json()]).toEqual([503, broken]);
  say(healthy);
  expect((await fetch(url)).status).toBe(200);
});

describe('what is asked', () => {
  for (const [method, path, status] of [
    ['GET', '/health', 200],
    ['HEAD', '/health', 200],
    ['GET', '/health?verbose', 200],
    ['POST', '/health', 405],
    ['GET', '/', 404],
    ['GET', '/health/', 404],
  ] as const) {
    test(`${method} ${path}: ${status}`, async () => {
      const { url } = await scene({ path: '/health' });
      const answer = await fetch(new URL(path, url), { method });
      await answer.text();
      expect(answer.status).toBe(status);
    });
  }
});

test('headers without end are cut off', async () => {
  const { url } = await scene();
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}`);
  expect(await text(socket).catch(() => '')).toMatch(/^(HTTP\/1\.1 431 |$)/);
});

test('a port that is taken is named, with what to do', async () => {
  const { url } = await scene();
  const config = healthCheck.schema.parse({ endpoint: new URL(url).host });
  const second = await healthCheck.create(settings('health_check/second'), config);
  second.observe?.(() => healthy);
  await expect(second.start(new TestHost())).rejects.toThrow(
    `could not listen on ${new URL(url).host}: another program listens there; stop it, or write another port`,
  );
});

test('the defaults lie beside those of a Collector in the same pod, on loopback', () => {
  expect(healthCheck.schema.parse({})).toEqual({ endpoint: 'localhost:13134', path: '/' });
});

test('an address that is none is refused', () => {
  expect(healthCheck.schema.safeParse({ endpoint: 'everywhere' }).success).toBe(false);
});

test('who can be reached from elsewhere is warned', async () => {
  const { log } = await scene({ endpoint: '0.0.0.0:0' });
  expect(log.lines.at(-1)).toMatch(/^warn: 0\.0\.0\.0:\d+ can be reached from other machines/);
});
