import type { ConnectionOptions } from 'node:tls';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encode } from '../../otlp/encode.ts';
import { contentTypes } from '../../otlp/encoding.ts';
import { OtlpError } from '../../otlp/otlp-error.ts';
import { readPartialSuccess } from '../../otlp/partial-success.ts';
import type { Settings } from '../../pipeline/component.ts';
import type { Destination, Outcome } from '../../pipeline/outbox.ts';
import { version } from '../../record/own.ts';
import type { LogRecord } from '../../record/record.ts';
import type { Config } from './config.ts';
import { shownUrl } from './endpoint.ts';
import { HttpClient, type Reply } from './http-client.ts';
import { networkReason } from './network-reason.ts';
import { outcomeOf, shown } from './outcome.ts';

const pack = promisify(gzip);

/**
 * An OTLP/HTTP backend. Records and bytes are those of the OpenTelemetry packages (sdk-logs, otlp-transformer);
 * the posting is ours. Their delegate retries inside one call, tells status and Retry-After to nobody, reports
 * partial success to a global log only, and knows no signal to stop at; the outbox needs all four.
 */
export class HttpDestination implements Destination {
  readonly #settings: Settings;
  readonly #config: Config;
  readonly #url: URL;
  readonly #client: HttpClient;

  /** `tls`: what the files of `config.tls` hold. */
  constructor(settings: Settings, config: Config, tls: ConnectionOptions) {
    this.#settings = settings;
    this.#config = config;
    this.#url = new URL(config.url);
    this.#client = new HttpClient(this.#url, config.timeout, tls);
  }

  async open(): Promise<void> {
    const { log } = this.#settings;
    const { tls, encoding } = this.#config;
    log.info(`shipping OTLP/HTTP ${encoding} to ${this.#url.host}`);
    if (this.#url.protocol !== 'https:') return;
    if (tls.insecure) log.warn('tls.insecure has no effect: the endpoint says https');
    if (tls.insecure_skip_verify) {
      log.warn('tls.insecure_skip_verify: anyone can pose as the backend and read the records');
    }
  }

  async deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome> {
    const bytes = encode(records, this.#config.encoding);
    const body = this.#config.compression === 'gzip' ? await pack(bytes) : bytes;
    const url = shownUrl(this.#url);
    let reply: Reply;
    try {
      reply = await this.#client.post(body, this.#headers(), signal);
    } catch (error) {
      return { kind: 'wait', reason: networkReason(error, url) };
    }
    const outcome = outcomeOf(reply, url, this.#settings.now());
    if (outcome.kind === 'delivered') this.#reportAnswer(reply, url);
    return outcome;
  }

  async close(): Promise<void> {
    this.#client.close();
  }

  #headers(): Record<string, string> {
    const { encoding, compression, headers } = this.#config;
    return {
      'User-Agent': `riskpipe/${version} (${process.platform}/${process.arch})`,
      ...headers,
      'Content-Type': contentTypes[encoding],
      ...(compression === 'gzip' && { 'Content-Encoding': 'gzip' }),
    };
  }

  /** Records of a request that was taken in part may not be sent again (spec/collector.md §4.5): say it. */
  #reportAnswer({ body, status }: Reply, url: string): void {
    const { log } = this.#settings;
    try {
      const partial = readPartialSuccess(body, this.#config.encoding);
      if (partial === undefined) return;
      const what =
        partial.rejected === 0n
          ? 'and warns'
          : `but not ${partial.rejected} of its records, which may not be sent again`;
      log.warn(`${url} took the request ${what}: ${shown(partial.message)}`);
    } catch (error) {
      if (!(error instanceof OtlpError)) throw error;
      log.warn(
        `${url} answered ${status}, which counts as delivered, but with no OTLP response; is it an OTLP backend?`,
      );
    }
  }
}
