import { Agent, request as requestHttp, type ClientRequest, type IncomingMessage } from 'node:http';
import { Agent as TlsAgent, request as requestHttps } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { formatDuration } from '../util/duration.ts';
import { TunnelAgent } from './tunnel-agent.ts';

/** What a backend answered. */
export interface Reply {
  readonly status: number;
  readonly statusText: string;
  readonly contentType: string | undefined;
  readonly retryAfter: string | undefined;
  /** At most 64 KiB of it, as in the Collector; less if the connection broke behind the header. */
  readonly body: Uint8Array;
}

const maxBody = 64 * 1024;

/**
 * Posts to one URL over one connection that is kept open. Follows no redirect, asks no proxy but the one it is given
 * (no variable of the environment has a say), reads no more of an answer than it needs.
 */
export class HttpClient {
  readonly #url: URL;
  readonly #timeoutMs: number;
  readonly #proxy: URL | undefined;
  #agent: Agent;

  /** `timeoutMs` is for the whole of one request. `proxy`: an HTTP proxy. */
  constructor(url: URL, timeoutMs: number, tls: ConnectionOptions, proxy?: URL) {
    this.#url = url;
    this.#timeoutMs = timeoutMs;
    this.#proxy = proxy;
    this.#agent = this.#agentFor(tls);
  }

  /** The next connection uses `tls`, and there is no other. */
  renew(tls: ConnectionOptions): void {
    this.#agent.destroy();
    this.#agent = this.#agentFor(tls);
  }

  /** Rejects if no answer comes: network, TLS, time over, or `signal`. */
  async post(body: Uint8Array, headers: Record<string, string>, signal: AbortSignal): Promise<Reply> {
    const limit = new AbortController();
    const stop = (): void => limit.abort(new Error('stopped before an answer came'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    const late = new Error(`no answer within ${formatDuration(this.#timeoutMs)}`);
    const timer = setTimeout(() => limit.abort(late), this.#timeoutMs);
    try {
      return await this.#send(body, headers, limit.signal, true);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(
    body: Uint8Array,
    headers: Record<string, string>,
    signal: AbortSignal,
    again: boolean,
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const request = this.#request({ ...headers, 'Content-Length': String(body.length) });
      // Once a status is there it counts, however the rest of the answer ends.
      let answered = false;
      const abort = (): void => {
        if (!answered) reject(signal.reason);
        request.destroy();
      };
      request.once('response', (response) => {
        answered = true;
        void collect(response).then(resolve);
      });
      request.once('close', () => {
        signal.removeEventListener('abort', abort);
        // Of an answer that only changes the protocol (101) Node says no more than this; settled, nothing comes of it.
        if (!answered) reject(new Error('the connection ended without an answer'));
      });
      request.on('error', (error: NodeJS.ErrnoException) => {
        // The backend closed the idle connection while we began to write: nobody has read it.
        const stale = again && request.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
        if (stale && !answered) resolve(this.#send(body, headers, signal, false));
        else if (!answered) reject(error);
      });
      signal.addEventListener('abort', abort);
      if (signal.aborted) abort();
      else request.end(body);
    });
  }

  #request(headers: Record<string, string>): ClientRequest {
    const options = { method: 'POST', headers, agent: this.#agent };
    if (this.#url.protocol === 'https:') return requestHttps(this.#url, options);
    if (this.#proxy === undefined) return requestHttp(this.#url, options);
    // RFC 9112 §3.2.2: a proxy is told the whole URL.
    const host = { Host: this.#url.host };
    const path = `${this.#url.origin}${this.#url.pathname}${this.#url.search}`;
    return requestHttp(this.#proxy, { ...options, path, headers: { ...host, ...headers } });
  }

  #agentFor(tls: ConnectionOptions): Agent {
    const kept = { keepAlive: true, maxSockets: 1 };
    if (this.#url.protocol !== 'https:') return new Agent(kept);
    if (this.#proxy === undefined) return new TlsAgent({ ...kept, ...tls });
    return new TunnelAgent(this.#proxy, this.#timeoutMs, { ...kept, ...tls });
  }
}

/** The answer once it has ended, is long enough, or breaks off: its header has already said what matters. */
function collect(response: IncomingMessage): Promise<Reply> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > maxBody) response.destroy();
    });
    response.on('error', () => {});
    response.on('close', () =>
      resolve({
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        contentType: response.headers['content-type'],
        retryAfter: response.headers['retry-after'],
        body: Buffer.concat(chunks).subarray(0, maxBody),
      }),
    );
  });
}
