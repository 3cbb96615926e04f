import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listen, type Listening } from '../util/listen.ts';

/** Answers one request. Never rejects; the connection may be gone by then. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

interface Log {
  warn(message: string): void;
  error(message: string): void;
}

export interface HttpServerOptions {
  /** A host and a port. */
  readonly endpoint: string;
  /** Beyond so many a connection is closed unread; slow senders lose theirs by the timeouts. */
  readonly maxConnections: number;
  /** How long one request may take to arrive, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Told what goes wrong beside the requests. */
  readonly log: Log;
}

/** An HTTP server with the limits of spec/reliability.md H20 and a bounded end. */
export class HttpServer {
  readonly #options: HttpServerOptions;
  readonly #inFlight = new Set<Promise<void>>();
  #server: Server | undefined;
  #isStopping = false;

  constructor(options: HttpServerOptions) {
    this.#options = options;
  }

  /** Resolves once it listens; throws an error that says what to change. */
  async start(answer: Answer): Promise<Listening> {
    const { endpoint, maxConnections, requestTimeoutMs, log } = this.#options;
    const limits = {
      headersTimeout: 5_000,
      requestTimeout: requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 16 * 2 ** 10,
    };
    const server = createServer(limits, (request, response) => this.#serve(request, response, answer));
    server.maxConnections = maxConnections;
    server.on('drop', () => log.warn(`refused a connection: ${maxConnections} are open`));
    this.#server = server;
    const listening = await listen(server, endpoint);
    server.on('error', (error) => log.error(`the listener failed: ${error.message}`));
    return listening;
  }

  /** What is answered now is the last of its connection. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Takes nothing new, and waits for what was begun until `signal` aborts. */
  async stop(signal: AbortSignal): Promise<void> {
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    this.#isStopping = true;
    const closed = new Promise((resolve) => server.close(resolve));
    await Promise.race([Promise.all(this.#inFlight), aborted(signal)]);
    server.closeAllConnections();
    await closed;
  }

  #serve(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
    // An answer that nobody waits for any more is no error of ours.
    response.on('error', () => {});
    const done = answer(request, response)
      .then(() => sent(response))
      .finally(() => this.#inFlight.delete(done));
    this.#inFlight.add(done);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Until the answer is out, or nobody is there to read it. */
function sent(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.closed || response.socket === null) resolve();
    else response.once('close', resolve);
  });
}
