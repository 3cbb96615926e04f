import { shownUrl } from './endpoint.ts';
import { HttpClient, type Reply } from './http-client.ts';
import type { Log } from './log.ts';
import { networkReason } from './network-reason.ts';
import { certificateWords, refresh } from './refresh.ts';
import type { TlsFiles } from './tls-files.ts';
import { warnOfTls, type DoubtfulTls } from './warn-of-tls.ts';

/** Where a backend is, and how it is spoken to. */
export interface BackendOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** An HTTP proxy; none if empty or left out. */
  readonly proxyUrl?: string | undefined;
  /** As configured, as far as warnings need it. */
  readonly tls: DoubtfulTls;
  /** The files of TLS, as read. */
  readonly tlsFiles: TlsFiles;
  readonly log: Log;
}

/** Posts to one backend, with certificates that may be replaced meanwhile. */
export class BackendClient {
  /** The URL as messages may show it. */
  readonly shownUrl: string;
  readonly #options: BackendOptions;
  readonly #url: URL;
  readonly #client: HttpClient;

  constructor(options: BackendOptions) {
    const { url, timeoutMs, proxyUrl = '', tlsFiles } = options;
    this.#options = options;
    this.#url = new URL(url);
    this.shownUrl = shownUrl(this.#url);
    const proxy = proxyUrl === '' ? undefined : new URL(proxyUrl);
    this.#client = new HttpClient(this.#url, timeoutMs, tlsFiles.options, proxy);
  }

  /** Logs where records go, `as` what, and which options of TLS do not do what one may think. */
  announce(as: string): void {
    const { log, tls } = this.#options;
    log.info(`shipping ${as} to ${this.#url.host}`);
    if (this.#url.protocol === 'https:') warnOfTls(tls, log);
  }

  /** Rejects, with a reason for a person, if no answer comes. */
  async post(body: Uint8Array, headers: Record<string, string>, signal: AbortSignal): Promise<Reply> {
    try {
      await this.#renewTls();
      return await this.#client.post(body, headers, signal);
    } catch (cause) {
      throw new Error(networkReason(cause, this.shownUrl), { cause });
    }
  }

  close(): void {
    this.#client.close();
  }

  async #renewTls(): Promise<void> {
    if (this.#url.protocol !== 'https:') return;
    const { log, tlsFiles } = this.#options;
    if (await refresh(tlsFiles, certificateWords, log)) this.#client.renew(tlsFiles.options);
  }
}
