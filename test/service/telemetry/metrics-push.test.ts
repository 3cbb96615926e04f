import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { metricData } from '../../../src/otlp/metric-data.ts';
import { MetricsPush } from '../../../src/service/telemetry/metrics-push.ts';
import { until } from '../../e2e/until.ts';
import { RecordingLogger } from '../../recording-logger.ts';

/** A push every 10 ms to a backend that answers what `answer` says; 0: nothing at all. */
async function scene(path: string, answer: () => number) {
  const urls: string[] = [];
  const server = createServer((request, response) => {
    urls.push(request.url ?? '');
    request.resume();
    const status = answer();
    if (status > 0) response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const otlp = { protocol: 'http/protobuf', endpoint: `http://127.0.0.1:${port}${path}` } as const;
  const log = new RecordingLogger();
  const metrics = { collect: async () => metricData([], [], 'one', 0) };
  const push = new MetricsPush({ interval: 10, timeout: 60_000, exporter: { otlp } }, metrics, log);
  push.start();
  return { push, log, urls };
}

for (const [path, sentTo] of [
  ['', '/v1/metrics'],
  ['/', '/v1/metrics'],
  ['/otlp/metrics', '/otlp/metrics'],
] as const) {
  test(`an endpoint with the path "${path}" gets metrics at ${sentTo}`, async () => {
    const { push, urls } = await scene(path, () => 200);
    await push.stop(AbortSignal.timeout(5_000));
    expect(new Set(urls)).toEqual(new Set([sentTo]));
  });
}

test('a backend that does not take them is told once, and once that it does again', async () => {
  let status = 503;
  const { push, log, urls } = await scene('', () => status);
  await until(
    () => urls.length >= 3,
    () => 'three pushes',
  );
  status = 200;
  await until(
    () => log.lines.some((line) => line.includes('again')),
    () => log.lines.join('\n'),
  );
  await push.stop(AbortSignal.timeout(5_000));
  expect(log.lines.map((line) => line.replace(/http\S+/, 'URL'))).toEqual([
    'info: metrics are sent to URL',
    'warn: metrics do not arrive: URL answered 503',
    'info: metrics arrive again',
  ]);
});

test('a backend that never answers holds no stop up beyond the patience of its caller', async () => {
  const { push, log, urls } = await scene('', () => 0);
  await until(
    () => urls.length > 0,
    () => 'a push',
  );
  await push.stop(AbortSignal.abort());
  expect(log.lines.at(-1)).toMatch(/^warn: metrics do not arrive: .*stopped before an answer came/);
});

test('one push is under way at a time, however slow it is', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  let collected = 0;
  const collect = async () => {
    collected++;
    return new Promise<never>(() => {});
  };
  const otlp = { protocol: 'http/protobuf', endpoint: 'http://127.0.0.1:1' } as const;
  const config = { interval: 10, timeout: 10, exporter: { otlp } };
  new MetricsPush(config, { collect }, new RecordingLogger()).start();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(collected).toBe(1);
});
