import {
  createSecureServer,
  createServer,
  type Http2SecureServer,
  type Http2Server as PlainServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Listening } from '../util/listen.ts';
import { boundConnection, type ConnectionBounds } from './grpc/connection-bounds.ts';
import { ListeningServer, type ServerOptions } from './listening-server.ts';

/** Answers one call. Never rejects; the connection may be gone by then. */
type AnswerCall = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => Promise<void>;

export interface Http2ServerOptions extends ServerOptions {
  /** Calls that one connection may have open. */
  readonly maxStreams: number;
  readonly bounds: ConnectionBounds;
}

/** A new connection has so long, in milliseconds, to speak HTTP/2. */
const prefaceMs = 10_000;

/** An HTTP/2 server with the limits of spec/reliability.md H20 and a bounded end: `HttpServer` for gRPC. */
export class Http2Server {
  readonly #options: Http2ServerOptions;
  readonly #listening: ListeningServer;
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor(options: Http2ServerOptions) {
    this.#options = options;
    this.#listening = new ListeningServer(options);
  }

  /** As `ListeningServer.start`. */
  start(answer: AnswerCall): Promise<Listening> {
    const server = this.#create();
    server.on('session', (session) => this.#hold(session));
    server.on('stream', (stream, headers) => this.#serve(stream, headers, answer));
    return this.#listening.start(server);
  }

  /** As `ListeningServer.authorize`. */
  authorize(headers: IncomingHttpHeaders): Promise<void> {
    return this.#listening.authorize(headers);
  }

  /** As `ListeningServer.stop`. */
  stop(signal: AbortSignal): Promise<void> {
    return this.#listening.stop(signal, () => {
      for (const session of this.#sessions) this.#letGo(session);
    });
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

  /** It takes no more calls, and a stop waits for its last answer to be on its way. */
  #letGo(session: ServerHttp2Session): void {
    this.#listening.began(new Promise((resolve) => session.once('close', resolve)));
    session.close();
  }

  #serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, answer: AnswerCall): void {
    // An answer that nobody waits for any more is no error of ours.
    stream.on('error', () => {});
    const closed = new Promise((resolve) => stream.once('close', resolve));
    const slow = setTimeout(() => stream.destroy(), this.#options.requestTimeoutMs).unref();
    stream.once('end', () => clearTimeout(slow));
    const answered = answer(stream, headers)
      .then(() => (stream.closed ? undefined : closed))
      .then(() => clearTimeout(slow));
    this.#listening.began(answered, stream.session?.socket);
  }
}
