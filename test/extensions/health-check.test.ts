import { get } from 'node:https';
import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { healthCheck } from '../../src/extensions/health-check.ts';
import type { HealthReport } from '../../src/pipeline/component.ts';
import { canMakeCertificates, makeCertificate } from '../exporters/otlp-http/certificate.ts';
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
  const { since, reasons } = healthy;
  const up = { status: 'Server available', upSince: since, uptime: '0s', since, reasons };
  expect([good.status, await good.json()]).toEqual([200, up]);
  say(broken);
  const bad = await fetch(url);
  const down = { status: 'Server not available', upSince: '0001-01-01T00:00:00Z', uptime: '' };
  expect([bad.status, await bad.json()]).toEqual([
    503,
    { ...down, since: broken.since, reasons: broken.reasons },
  ]);
  say(healthy);
  expect((await fetch(url)).status).toBe(200);
});

test('the time that it has been up is told', async () => {
  const { url, say } = await scene();
  say({ ...healthy, since: '2026-04-12T11:58:29.500Z' });
  expect(await (await fetch(url)).json()).toMatchObject({ uptime: '1m30s500ms' });
});

test('fixed answers are given where they are configured', async () => {
  const { url, say } = await scene({ response_body: { healthy: 'yes', unhealthy: 'no' } });
  expect(await (await fetch(url)).text()).toBe('yes');
  say(broken);
  const bad = await fetch(url);
  expect([bad.status, await bad.text()]).toEqual([503, 'no']);
});

test.skipIf(!canMakeCertificates)('with certificates it speaks TLS', async () => {
  const certificate = makeCertificate();
  onTestFinished(() => certificate.remove());
  const { certFile, keyFile, cert } = certificate;
  const { log } = await scene({ tls: { cert_file: certFile, key_file: keyFile } });
  const url = new URL(/https:\S+/.exec(log.lines.join('\n'))?.[0] ?? '');
  const status = await new Promise((resolve, reject) => {
    const asked = get(url, { ca: cert, servername: 'backend.test' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.once('error', reject);
  });
  expect(status).toBe(200);
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
