import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BackendClient } from '../../net/backend-client.ts';
import type { Reply } from '../../net/http-client.ts';
import { refresh } from '../../net/refresh.ts';
import type { TlsFiles } from '../../net/tls-files.ts';
import { userAgent } from '../../net/user-agent.ts';
import type { Settings } from '../../pipeline/component.ts';
import type { Destination, Outcome } from '../../pipeline/outbox/destination.ts';
import type { LogRecord } from '../../record/record.ts';
import type { Config } from './config.ts';
import { hecEvent } from './hec-event.ts';
import { readHecReply } from './hec-reply.ts';
import type { HecToken } from './hec-token.ts';
import { outcomeOf, tookProbe } from './outcome.ts';

const pack = promisify(gzip);

const tokenWords = {
  changed: 'the token has changed',
  kept: 'the token has changed and cannot be used, so the old one stays',
};

/** Splunk's HTTP Event Collector: JSON events one behind the other in a request, one answer for all of them. */
export class HecDestination implements Destination {
  readonly #settings: Settings;
  readonly #config: Config;
  readonly #token: HecToken;
  readonly #client: BackendClient;

  /** `tls` and `token`: what the files of `config` hold, as read. */
  constructor(
    settings: Settings,
    config: Config,
    { tls: tlsFiles, token }: { readonly tls: TlsFiles; readonly token: HecToken },
  ) {
    const { url, timeout, proxy_url, tls } = config;
    this.#settings = settings;
    this.#config = config;
    this.#token = token;
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
    this.#client.announce('events for Splunk HEC');
  }

  async deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome> {
    const { disable_compression, max_content_length_logs: most, source, sourcetype, index } = this.#config;
    const events = records.map((record) => hecEvent(record, { source, sourcetype, index }));
    const plain = Buffer.from(events.join('\n'));
    const body = disable_compression ? plain : await pack(plain);
    if (most > 0 && body.length > most) {
      const reason = `a request of ${body.length} bytes is above "max_content_length_logs", which is ${most}`;
      return { kind: 'too large', reason };
    }
    const reply = await this.#post(body, disable_compression ? {} : { 'Content-Encoding': 'gzip' }, signal);
    return this.#outcomeOf(reply);
  }

  /** An empty request: HEC looks at the token before it says that there is no data. */
  async probe(signal: AbortSignal): Promise<Outcome> {
    const reply = await this.#post(new Uint8Array(), {}, signal);
    return tookProbe(readHecReply(reply.body)) ? { kind: 'delivered' } : this.#outcomeOf(reply);
  }

  async close(): Promise<void> {
    this.#client.close();
  }

  async #post(body: Uint8Array, headers: Record<string, string>, signal: AbortSignal): Promise<Reply> {
    await refresh(this.#token, tokenWords, this.#settings.log);
    return this.#client.post(
      body,
      {
        'User-Agent': userAgent,
        Authorization: this.#token.authorization,
        'Content-Type': 'application/json',
        ...headers,
      },
      signal,
    );
  }

  #outcomeOf(reply: Reply): Outcome {
    const { log, now } = this.#settings;
    const url = this.#client.shownUrl;
    const { status, body } = reply;
    const hec = readHecReply(body);
    const isSuccess = status >= 200 && status <= 299 && (hec === undefined || hec.code === 0);
    if (!isSuccess) return outcomeOf(reply, hec, url, now());
    if (hec === undefined) {
      log.warn(
        `${url} answered ${status}, which counts as delivered, but not as HEC does; is it Splunk's HEC?`,
      );
    }
    return { kind: 'delivered' };
  }
}
