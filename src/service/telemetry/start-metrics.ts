import type { Logger } from '../../pipeline/logger.ts';
import type { MetricReaders } from './metric-readers.ts';
import type { MetricsConfig } from './metrics-config.ts';
import type { Measurable } from './own-metrics.ts';

/**
 * Begins to tell the service's own metrics; undefined at level none. The code for it is loaded here, once everything
 * is ready, so that reading need not wait for it.
 */
export async function startMetrics(
  { level, readers }: MetricsConfig,
  look: () => Promise<Measurable>,
  log: Logger,
): Promise<MetricReaders | undefined> {
  if (level === 'none') return undefined;
  const { MetricReaders: Readers } = await import('./metric-readers.ts');
  return Readers.start(level, readers, look, log);
}
