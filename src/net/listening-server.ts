import type { IncomingHttpHeaders } from 'node:http';
import type { Server } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import { listen, type Listening } from '../util/listen.ts';
import { aborted } from './aborted.ts';
import { authorize } from './authorize.ts';
import type { BearerTokens } from './bearer-tokens.ts';
import { ConnectionRoom, type Peer } from './connection-room.ts';
import type { Log } from './log.ts';
import { certificateWords, refresh } from './refresh.ts';
import type { ServerTls } from './server-tls.ts';

export interface ServerOptions {
  /** A host and a port. */
  readonly endpoint: string;
  /** So many are open at most, see `ConnectionRoom`; slow senders lose theirs by the timeouts. */
  readonly maxConnections: number;
  /** How long one request may take to arrive, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** No TLS if left out. */
  readonly tls?: ServerTls | undefined;
  /** Who may send; everybody if left out. */
  readonly tokens?: BearerTokens | undefined;
  readonly log: Log;
}

/** How often a listener looks at its files of TLS, in milliseconds. */
const tlsLookMs = 5_000;

/** What a server does whichever protocol it speaks: it listens, knows its senders, follows its files, and ends. */
export class ListeningServer {
  readonly #options: ServerOptions;
  /** Also those whose handshake goes on, of which a server of Node does not know yet. */
  readonly #room: ConnectionRoom;
  readonly #underWay = new Set<Promise<unknown>>();
  #server: Server | undefined;
  #tlsLooks: NodeJS.Timeout | undefined;
  #isStopping = false;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#room = new ConnectionRoom(options.maxConnections, options.log);
  }

  /** Resolves once `server` listens; throws an error that says what to change. */
  async start(server: Server): Promise<Listening> {
    const { endpoint, tls, tokens, log } = this.#options;
    await tokens?.refresh();
    server.on('connection', (socket) => this.#room.admit(socket));
    this.#server = server;
    const listening = await listen(server, endpoint);
    server.on('error', (error) => log.error(`the listener failed: ${error.message}`));
    if (tls !== undefined) this.#tlsLooks = setInterval(() => void this.#renew(tls), tlsLookMs).unref();
    return listening;
  }

  /** Throws a `Rejection` unless `headers` show a token, if one is asked for. */
  authorize({ authorization }: IncomingHttpHeaders): Promise<void> {
    return authorize(this.#options.tokens, authorization, this.#options.log);
  }

  /** What is answered now is the last of its connection. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** A stop waits for `work`, which never rejects; if that is the answer to a request of `peer`, it keeps its place. */
  began(work: Promise<unknown>, peer?: Peer): void {
    const release = peer && this.#room.hold(peer);
    const done = work.finally(() => {
      release?.();
      this.#underWay.delete(done);
    });
    this.#underWay.add(done);
  }

  /** Takes no new connection, calls `closing`, and waits for what was begun until `signal` aborts. */
  async stop(signal: AbortSignal, closing: () => void = () => {}): Promise<void> {
    clearInterval(this.#tlsLooks);
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    this.#isStopping = true;
    const closed = new Promise((resolve) => server.close(resolve));
    closing();
    // What was still arriving may begin meanwhile.
    while (this.#underWay.size > 0 && !signal.aborted) {
      await Promise.race([Promise.all(this.#underWay), aborted(signal)]);
    }
    this.#room.closeAll();
    await closed;
  }

  async #renew(tls: ServerTls): Promise<void> {
    if (!(await refresh(tls, certificateWords, this.#options.log))) return;
    if (this.#server instanceof TlsServer) this.#server.setSecureContext(tls.options);
  }
}
