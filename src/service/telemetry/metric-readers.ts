import type { Logger } from '../../pipeline/logger.ts';
import { reasonOf } from '../../util/reason-of.ts';
import type { MetricLevel } from './metric-catalog.ts';
import type { MetricsConfig } from './metrics-config.ts';
import { MetricsPush } from './metrics-push.ts';
import { OwnMetrics, type Measurable } from './own-metrics.ts';
import { openScrapePage } from './scrape-page.ts';

/** What has to be stopped again. */
interface Reader {
  stop(signal: AbortSignal): Promise<void>;
}

/** Gives the service's own metrics to the readers of a configuration. */
export class MetricReaders {
  readonly #metrics: OwnMetrics;
  readonly #log: Logger;
  readonly #readers: Reader[] = [];

  private constructor(metrics: OwnMetrics, log: Logger) {
    this.#metrics = metrics;
    this.#log = log;
  }

  /** A port that is taken is said, and no reason for a service not to run. */
  static async start(
    level: MetricLevel,
    readers: MetricsConfig['readers'],
    look: () => Promise<Measurable>,
    log: Logger,
  ): Promise<MetricReaders> {
    const started = new MetricReaders(new OwnMetrics(level, look), log);
    for (const reader of readers) await started.#add(reader);
    return started;
  }

  async stop(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#readers.map((reader) => reader.stop(signal)));
    this.#metrics.stop();
  }

  async #add({ pull, periodic }: MetricsConfig['readers'][number]): Promise<void> {
    if (periodic !== undefined) {
      const push = new MetricsPush(periodic, this.#metrics, this.#log);
      push.start();
      this.#readers.push(push);
    }
    if (pull === undefined) return;
    try {
      this.#readers.push(await openScrapePage(pull.exporter.prometheus, this.#metrics, this.#log));
    } catch (error) {
      this.#log.warn(`no metrics can be scraped: ${reasonOf(error)}`);
    }
  }
}
