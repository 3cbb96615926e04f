import { PageServer } from '../../net/page-server.ts';
import type { Logger } from '../../pipeline/logger.ts';
import { hostInUrl } from '../../util/host-and-port.ts';
import type { PullConfig } from './metrics-config.ts';
import type { OwnMetrics } from './own-metrics.ts';

/** Shows all metrics at `/metrics`, for a Prometheus to scrape. Rejects if it cannot listen there. */
export async function openScrapePage(
  { host, port }: PullConfig,
  metrics: Pick<OwnMetrics, 'collect'>,
  log: Logger,
): Promise<PageServer> {
  const server = new PageServer({ endpoint: `${hostInUrl(host)}:${port}`, log });
  const { endpoint } = await server.start(async ({ path }) => {
    if (path !== '/metrics') return undefined;
    const { prometheusText, prometheusType } = await import('../../otlp/prometheus-text.ts');
    return { status: 200, type: prometheusType, body: prometheusText(await metrics.collect()) };
  });
  log.info(`metrics are shown on http://${endpoint}/metrics`);
  return server;
}
