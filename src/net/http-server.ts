import {
  createServer as createHttp,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps, type Server as TlsServer } from 'node:https';
import type { Listening } from '../util/listen.ts';
import { ListeningServer, type ServerOptions } from './listening-server.ts';

/** Answers one request. Never rejects; the connection may be gone by then. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** An HTTP server with the limits of spec/reliability.md H20 and a bounded end. */
export class HttpServer {
  readonly #options: ServerOptions;
  readonly #listening: ListeningServer;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#listening = new ListeningServer(options);
  }

  /** As `ListeningServer.start`. */
  start(answer: Answer): Promise<Listening> {
    return this.#listening.start(this.#create((request, response) => this.#serve(request, response, answer)));
  }

  /** As `ListeningServer.authorize`. */
  authorize({ headers }: Pick<IncomingMessage, 'headers'>): Promise<void> {
    return this.#listening.authorize(headers);
  }

  /** As `ListeningServer.isStopping`. */
  get isStopping(): boolean {
    return this.#listening.isStopping;
  }

  /** As `ListeningServer.stop`. */
  stop(signal: AbortSignal): Promise<void> {
    return this.#listening.stop(signal);
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
    const answered = answer(request, response).then(() => sent(response));
    this.#listening.began(answered, request.socket);
  }
}

/** Until the answer is out, or nobody is there to read it. */
function sent(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed || response.socket === null) resolve();
    else response.once('close', resolve);
  });
}
