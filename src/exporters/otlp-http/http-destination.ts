import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encode } from '../../otlp/encode.ts';
import { contentTypes } from '../../otlp/encoding.ts';
import { OtlpError } from '../../otlp/otlp-error.ts';
import { beginsPartial, readPartialSuccess } from '../../otlp/partial-success.ts';
import type { Settings } from '../../pipeline/component.ts';
import type { Destination, Outcome } from '../../pipeline/outbox/destination.ts';
import { version } from '../../record/own.ts';
import type { LogRecord } from '../../record/record.ts';
import { ConfigError } from '../../util/problem.ts';
import type { Config } from './config.ts';
import { shownUrl } from '../../net/endpoint.ts';
import { HttpClient, type Reply } from '../../net/http-client.ts';
import { networkReason } from '../../net/network-reason.ts';
import { outcomeOf, shown } from './outcome.ts';
import type { TlsFiles } from '../../net/tls-files.ts';

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
  readonly #tls: TlsFiles;
  readonly #client: HttpClient;

  /** `tls`: the files of `config.tls`, as read. */
  constructor(settings: Settings, config: Config, tls: TlsFiles) {
    this.#settings = settings;
    this.#config = config;
    this.#url = new URL(config.url);
    this.#tls = tls;
    const proxy = config.proxy_url ? new URL(config.proxy_url) : undefined;
    this.#client = new HttpClient(this.#url, config.timeout, tls.options, proxy);
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
      await this.#renewTls();
      reply = await this.#client.post(body, this.#headers(), signal);
    } catch (error) {
      return { kind: 'wait', reason: networkReason(error, url) };
    }
    if (reply.status < 200 || reply.status > 299) return outcomeOf(reply, url, this.#settings.now());
    return this.#taken(reply, url);
  }

  /** An empty request, which a backend has to answer with success (spec/collector.md §4.5). */
  probe(signal: AbortSignal): Promise<Outcome> {
    return this.deliver([], signal);
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

  /** Certificates may be replaced while we run. What cannot be used is said once; the old ones go on. */
  async #renewTls(): Promise<void> {
    if (this.#url.protocol !== 'https:') return;
    const { log } = this.#settings;
    try {
      if (!(await this.#tls.refresh())) return;
      this.#client.renew(this.#tls.options);
      log.info('certificates have changed; new connections use them');
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log.error(`certificates have changed and cannot be used, so the old ones stay: ${error.message}`);
    }
  }

  /** A request that was taken, perhaps not all of it: that may not be sent again (spec/collector.md §4.5). */
  #taken({ body, status }: Reply, url: string): Outcome {
    const { log } = this.#settings;
    try {
      const partial = readPartialSuccess(body, this.#config.encoding);
      if (partial === undefined) return { kind: 'delivered' };
      const said = shown(partial.message);
      if (partial.rejected > 0n) return partialOutcome(url, status, `${partial.rejected}`, said);
      log.warn(`${url} took the request and warns: ${said}`);
    } catch (error) {
      if (!(error instanceof OtlpError)) throw error;
      if (beginsPartial(body, this.#config.encoding)) {
        return partialOutcome(url, status, 'some', 'its answer is too long or broken off');
      }
      log.warn(
        `${url} answered ${status}, which counts as delivered, but with no OTLP response; is it an OTLP backend?`,
      );
    }
    return { kind: 'delivered' };
  }
}

function partialOutcome(url: string, status: number, rejected: string, said: string): Outcome {
  const reason = `${url} took the request but not ${rejected} of its records, which may not be sent again: ${said}`;
  return { kind: 'partial', reason, status };
}
