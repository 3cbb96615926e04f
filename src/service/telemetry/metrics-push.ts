import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { shownUrl } from '../../net/endpoint.ts';
import { HttpClient } from '../../net/http-client.ts';
import { networkReason } from '../../net/network-reason.ts';
import { userAgent } from '../../net/user-agent.ts';
import { contentTypes } from '../../otlp/encoding.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { PushConfig } from './metrics-config.ts';
import type { OwnMetrics } from './own-metrics.ts';

const pack = promisify(gzip);

/** Sends all metrics to an OTLP backend again and again. What does not arrive is not sent again: the next push has it. */
export class MetricsPush {
  readonly #intervalMs: number;
  readonly #url: URL;
  readonly #client: HttpClient;
  readonly #metrics: Pick<OwnMetrics, 'collect'>;
  readonly #log: Logger;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #current: Promise<void> | undefined;
  #failing = false;

  constructor(
    { interval, timeout, exporter }: PushConfig,
    metrics: Pick<OwnMetrics, 'collect'>,
    log: Logger,
  ) {
    this.#intervalMs = interval;
    this.#url = metricsUrl(exporter.otlp.endpoint);
    this.#client = new HttpClient(this.#url, timeout, { rejectUnauthorized: true, minVersion: 'TLSv1.2' });
    this.#metrics = metrics;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => this.#begin(), this.#intervalMs).unref();
    this.#log.info(`metrics are sent to ${shownUrl(this.#url)}`);
  }

  /** Sends the last values, until `signal` aborts. */
  async stop(signal: AbortSignal): Promise<void> {
    clearInterval(this.#timer);
    signal.addEventListener('abort', () => this.#ending.abort(), { once: true });
    if (signal.aborted) this.#ending.abort();
    await this.#current;
    await this.#push();
    this.#client.close();
  }

  /** A backend that is slower than the interval gets fewer pushes. */
  #begin(): void {
    this.#current ??= this.#push().finally(() => {
      this.#current = undefined;
    });
  }

  async #push(): Promise<void> {
    const problem = await this.#attempt();
    if (problem !== undefined && !this.#failing) this.#log.warn(`metrics do not arrive: ${problem}`);
    if (problem === undefined && this.#failing) this.#log.info('metrics arrive again');
    this.#failing = problem !== undefined;
  }

  /** What went wrong, if something did. */
  async #attempt(): Promise<string | undefined> {
    const url = shownUrl(this.#url);
    try {
      const { encodeMetrics } = await import('../../otlp/encode-metrics.ts');
      const body = await pack(encodeMetrics(await this.#metrics.collect()));
      const { status } = await this.#client.post(body, headers, this.#ending.signal);
      return status >= 200 && status <= 299 ? undefined : `${url} answered ${status}`;
    } catch (error) {
      return networkReason(error, url);
    }
  }
}

const headers = {
  'User-Agent': userAgent,
  'Content-Type': contentTypes.proto,
  'Content-Encoding': 'gzip',
};

/** A URL with a path is complete, as in the Collector. */
function metricsUrl(endpoint: string): URL {
  const url = new URL(endpoint);
  if (url.pathname === '/') url.pathname = '/v1/metrics';
  return url;
}
