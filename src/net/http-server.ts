import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps, type Server as TlsServer } from 'node:https';
import { listen, type Listening } from '../util/listen.ts';
import { aborted } from './aborted.ts';
import { authorize } from './authorize.ts';
import type { BearerTokens } from './bearer-tokens.ts';
import type { Log } from './log.ts';
import { refreshCertificates } from './refresh-certificates.ts';
import type { ServerTls } from './server-tls.ts';

/** Answers one request. Never rejects; the connection may be gone by then. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface HttpServerOptions {
  /** A host and a port. */
  readonly endpoint: string;
  /** Beyond so many a connection is closed unread; slow senders lose theirs by the timeouts. */
  readonly maxConnections: number;
  /** How long one request may take to arrive, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** HTTP without TLS if left out. */
  readonly tls?: ServerTls | undefined;
  /** Who may send; everybody if left out. */
  readonly tokens?: BearerTokens | undefined;
  readonly log: Log;
}

/** How often a listener looks at its files of TLS, in milliseconds. */
export const tlsLookMs = 5_000;

/** An HTTP server with the limits of spec/reliability.md H20 and a bounded end. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #server: Server | TlsServer | undefined;
  #tlsLooks: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(options: HttpServerOptions) {
    this.#options = options;
  }

  /** Resolves once it listens; throws an error that says what to change. */
  async start(answer: Answer): Promise<Listening> {
    const { endpoint, maxConnections, tls, tokens, log } = this.#options;
    await tokens?.refresh();
    const server = this.#create((request, response) => this.#serve(request, response, answer));
    server.maxConnections = maxConnections;
    server.on('drop', () => log.warn(`refused a connection: ${maxConnections} are open`));
    this.#server = server;
    const listening = await listen(server, endpoint);
    server.on('error', (error) => log.error(`the listener failed: ${error.message}`));
    if (tls !== undefined) this.#tlsLooks = setInterval(() => void this.#renew(tls), tlsLookMs).unref();
    return listening;
  }

  /** Throws a `Rejection` unless the request shows a token, if one is asked for. */
  authorize({ headers }: IncomingMessage): Promise<void> {
    return authorize(this.#options.tokens, headers.authorization, this.#options.log);
  }

  /** What is answered now is the last of its connection. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Takes nothing new, and waits for what was begun until `signal` aborts. */
  async stop(signal: AbortSignal): Promise<void> {
    clearInterval(this.#tlsLooks);
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    this.#isStopping = true;
    const closed = new Promise((resolve) => server.close(resolve));
    // What was still arriving may begin meanwhile.
    while (this.#inFlight.size > 0 && !signal.aborted) {
      await Promise.race([Promise.all(this.#inFlight), aborted(signal)]);
    }
    server.closeAllConnections();
    await closed;
  }

  #create(serve: (request: IncomingMessage, response: ServerResponse) => void): Server | TlsServer {
    const { requestTimeoutMs, tls } = this.#options;
    const limits = {
      headersTimeout: 5_000,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 2 ** 10,
    };
    if (tls === undefined) return createHttp(limits, serve);
    return createHttps({ ...limits, ...tls.options, handshakeTimeout: 5_000 }, serve);
  }

  #serve(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    // An answer that nobody waits for any more is no error of ours.
    response.on('error', () => {});
    const done = answer(request, response)
      .then(() => sent(response))
      .finally(() => this.#inFlight.delete(done));
    this.#inFlight.add(done);
  }

  async #renew(tls: ServerTls): Promise<void> {
    if (!(await refreshCertificates(tls, this.#options.log))) return;
    if (this.#server !== undefined && 'setSecureContext' in this.#server) {
      this.#server.setSecureContext(tls.options);
    }
  }
}

/** Until the answer is out, or nobody is there to read it. */
function sent(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed || response.socket === null) resolve();
    else response.once('close', resolve);
  });
}
