import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BackendClient } from '../../net/backend-client.ts';
import type { Reply } from '../../net/http-client.ts';
import { shown } from '../../net/shown.ts';
import type { TlsFiles } from '../../net/tls-files.ts';
import { userAgent } from '../../net/user-agent.ts';
import { encode } from '../../otlp/encode.ts';
import { contentTypes } from '../../otlp/encoding.ts';
import { readTaken } from '../../otlp/read-taken.ts';
import type { Settings } from '../../pipeline/component.ts';
import type { Destination, Outcome } from '../../pipeline/outbox/destination.ts';
import type { LogRecord } from '../../record/record.ts';
import type { Config } from './config.ts';
import { outcomeOf } from './outcome.ts';

const pack = promisify(gzip);

/**
 * An OTLP/HTTP backend. Records and bytes are those of the OpenTelemetry packages (sdk-logs, otlp-transformer);
 * the posting is ours. Their delegate retries inside one call, tells status and Retry-After to nobody, reports
 * partial success to a global log only, and knows no signal to stop at; the outbox needs all four.
 */
export class HttpDestination implements Destination {
  readonly #settings: Settings;
  readonly #config: Config;
  readonly #client: BackendClient;

  /** `tlsFiles`: those of `config.tls`, as read. */
  constructor(settings: Settings, config: Config, tlsFiles: TlsFiles) {
    const { url, timeout, proxy_url, tls } = config;
    this.#settings = settings;
    this.#config = config;
    this.#client = new BackendClient({
      url,
      timeoutMs: timeout,
      proxyUrl: proxy_url,
      tls,
      tlsFiles,
      log: settings.log,
    });
  }

  async open(): Promise<void> {
    this.#client.announce(`OTLP/HTTP ${this.#config.encoding}`);
  }

  async deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome> {
    const bytes = encode(records, this.#config.encoding);
    const body = this.#config.compression === 'gzip' ? await pack(bytes) : bytes;
    const reply = await this.#client.post(body, this.#headers(), signal);
    const url = this.#client.shownUrl;
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
      'User-Agent': userAgent,
      ...headers,
      'Content-Type': contentTypes[encoding],
      ...(compression === 'gzip' && { 'Content-Encoding': 'gzip' }),
    };
  }

  /** A request that was taken, perhaps not all of it. */
  #taken({ body, status }: Reply, url: string): Outcome {
    const { log } = this.#settings;
    const taken = readTaken(body, this.#config.encoding);
    if (taken.kind === 'partial') {
      const reason = `${url} took the request but not ${taken.rejected}: ${shown(taken.said)}`;
      return { kind: 'partial', reason, status };
    }
    if (taken.kind === 'warned') log.warn(`${url} took the request and warns: ${shown(taken.said)}`);
    if (taken.kind === 'unknown') {
      log.warn(
        `${url} answered ${status}, which counts as delivered, but with no OTLP response; is it an OTLP backend?`,
      );
    }
    return { kind: 'delivered' };
  }
}
