import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server as PlainServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { listen, type Listening } from '../util/listen.ts';
import { aborted } from './aborted.ts';
import { authorize } from './authorize.ts';
import { boundConnection, type ConnectionBounds } from './grpc/connection-bounds.ts';
import { tlsLookMs, type HttpServerOptions } from './http-server.ts';
import { refreshCertificates } from './refresh-certificates.ts';
import type { ServerTls } from './server-tls.ts';

/** Answers one call. Never rejects; the connection may be gone by then. */
type AnswerCall = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => Promise<void>;

export interface Http2ServerOptions extends HttpServerOptions {
  /** Calls that one connection may have open. */
  readonly maxStreams: number;
  readonly bounds: ConnectionBounds;
}

/** A new connection has so long, in milliseconds, to speak HTTP/2. */
const prefaceMs = 10_000;

/** An HTTP/2 server with the limits of spec/reliability.md H20 and a bounded end: `HttpServer` for gRPC. */
export class Http2Server {
  readonly #options: Http2ServerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #sessions = new Set<ServerHttp2Session>();
  #server: PlainServer | Http2SecureServer | undefined;
  #tlsLooks: NodeJS.Timeout | undefined;

  constructor(options: Http2ServerOptions) {
    this.#options = options;
  }

  /** Resolves once it listens; throws an error that says what to change. */
  async start(answer: AnswerCall): Promise<Listening> {
    const { endpoint, maxConnections, tls, tokens, log } = this.#options;
    await tokens?.refresh();
    const server = this.#create();
    server.maxConnections = maxConnections;
    server.on('drop', () => log.warn(`refused a connection: ${maxConnections} are open`));
    server.on('session', (session) => this.#hold(session));
    server.on('stream', (stream, headers) => this.#serve(stream, headers, answer));
    this.#server = server;
    const listening = await listen(server, endpoint);
    server.on('error', (error) => log.error(`the listener failed: ${error.message}`));
    if (tls !== undefined) this.#tlsLooks = setInterval(() => void this.#renew(tls), tlsLookMs).unref();
    return listening;
  }

  /** Throws a `Rejection` unless the call shows a token, if one is asked for. */
  authorize(headers: IncomingHttpHeaders): Promise<void> {
    return authorize(this.#options.tokens, headers.authorization, this.#options.log);
  }

  /** Takes nothing new, and waits for what was begun until `signal` aborts. */
  async stop(signal: AbortSignal): Promise<void> {
    clearInterval(this.#tlsLooks);
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const session of this.#sessions) session.close();
    // What was still arriving may begin meanwhile.
    while (this.#inFlight.size > 0 && !signal.aborted) {
      await Promise.race([Promise.all(this.#inFlight), aborted(signal)]);
    }
    for (const session of this.#sessions) session.destroy();
    await closed;
  }

  #create(): PlainServer | Http2SecureServer {
    const { tls, maxStreams } = this.#options;
    const limits = {
      settings: { maxConcurrentStreams: maxStreams, maxHeaderListSize: 16 * 2 ** 10, enablePush: false },
      maxHeaderListPairs: 64,
      maxOutstandingPings: 4,
      unknownProtocolTimeout: 1_000,
    };
    if (tls === undefined) return createServer(limits);
    return createSecureServer({ ...limits, ...tls.options, handshakeTimeout: 5_000 });
  }

  async #renew(tls: ServerTls): Promise<void> {
    if (!(await refreshCertificates(tls, this.#options.log))) return;
    if (this.#server !== undefined && 'setSecureContext' in this.#server) {
      this.#server.setSecureContext(tls.options);
    }
  }

  #hold(session: ServerHttp2Session): void {
    this.#sessions.add(session);
    const preface = setTimeout(() => session.destroy(), prefaceMs).unref();
    session.once('remoteSettings', () => clearTimeout(preface));
    // What a connection breaks of no call is no error of ours.
    session.on('error', () => {});
    session.once('close', () => {
      clearTimeout(preface);
      this.#sessions.delete(session);
    });
    boundConnection(session, this.#options.bounds);
  }

  #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, answer: AnswerCall): void {
    // An answer that nobody waits for any more is no error of ours.
    stream.on('error', () => {});
    const closed = new Promise((resolve) => stream.once('close', resolve));
    const slow = setTimeout(() => stream.destroy(), this.#options.requestTimeoutMs).unref();
    stream.once('end', () => clearTimeout(slow));
    const done = answer(stream, headers)
      .then(() => (stream.closed ? undefined : closed))
      .then(() => clearTimeout(slow))
      .finally(() => this.#inFlight.delete(done));
    this.#inFlight.add(done);
  }
}
