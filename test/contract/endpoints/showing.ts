import { request } from 'node:http';
import { onTestFinished } from 'vitest';
import { metricData } from '../../../src/otlp/metric-data.ts';
import type { Extension, ExtensionFactory } from '../../../src/pipeline/component.ts';
import { openScrapePage } from '../../../src/service/telemetry/scrape-page.ts';
import { TestHost } from '../../pipeline/test-host.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';
import type { Endpoint } from './endpoint.ts';
import { addressIn } from './receiving.ts';

/** An extension that shows a page at a path. */
export function showing<Config>(factory: ExtensionFactory<Config>, path: string): Endpoint {
  return page(factory.type, path, async (log) => {
    const config = factory.schema.parse({ endpoint: '127.0.0.1:0' });
    const extension: Extension = await factory.create(settings(factory.type, { log }), config);
    extension.observe?.(() => ({ status: 'healthy', since: '2026-04-12T12:00:00Z', reasons: [] }));
    extension.inspect?.(() => []);
    await extension.start(new TestHost());
    return (signal) => extension.shutdown(signal);
  });
}

/** The page that a Prometheus reads. */
export const scraped: Endpoint = page('metrics', '/metrics', async (log) => {
  const metrics = { collect: async () => metricData([], [], '', 0) };
  const config = { host: '127.0.0.1', port: 0, allow_unprotected: false };
  const server = await openScrapePage(config, metrics, log);
  return (signal) => server.stop(signal);
});

/** `start`: resolves with what stops it. */
function page(
  name: string,
  path: string,
  start: (log: RecordingLogger) => Promise<(signal: AbortSignal) => Promise<void>>,
): Endpoint {
  const head = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n`;
  const open: Endpoint['open'] = async () => {
    const log = new RecordingLogger();
    const stop = await start(log);
    onTestFinished(() => stop(AbortSignal.abort()));
    const address = addressIn(log);
    return { address, send: () => statusOf(`http://${address}${path}`), lines: () => 0 };
  };
  return { name, head, takesBodies: false, open };
}

const statusOf = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const asking = request(url, { agent: false }, (response) => {
      response.resume().once('close', () => resolve(response.statusCode ?? 0));
    });
    asking.once('error', reject);
    asking.end();
  });
