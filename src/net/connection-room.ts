import type { Socket } from 'node:net';
import type { Log } from './log.ts';

interface Connection {
  readonly socket: Socket;
  /** Requests on it that are being answered. */
  requests: number;
}

/** A socket as far as it tells who is at its other end; the same for a connection and for TLS on top of it. */
export type Peer = Partial<Pick<Socket, 'remoteAddress' | 'remotePort'>>;

/**
 * Holds so many connections at most. If one more comes, the one that has been without a request for longest gives up
 * its place, so that who only holds connections open keeps nobody out (spec/reliability.md P10). If requests of all of
 * them are being answered, it is refused.
 */
export class ConnectionRoom {
  readonly #most: number;
  readonly #log: Log;
  /** By their peers; the one that has been without a request for longest is the first of those without one. */
  readonly #connections = new Map<string, Connection>();

  constructor(most: number, log: Log) {
    this.#most = most;
    this.#log = log;
  }

  /** Takes a connection as soon as it is accepted, or closes it. */
  admit(socket: Socket): void {
    if (this.#connections.size >= this.#most && !this.#makeRoom()) {
      this.#log.warn(`refused a connection: ${this.#most} are open`);
      socket.destroy();
      return;
    }
    const peer = nameOf(socket);
    const connection = { socket, requests: 0 };
    this.#connections.set(peer, connection);
    socket.once('close', () => {
      if (this.#connections.get(peer) === connection) this.#connections.delete(peer);
    });
  }

  /** Keeps the connection of `peer` while a request is answered: until what it returns is called. */
  hold(peer: Peer): () => void {
    const name = nameOf(peer);
    const connection = this.#connections.get(name);
    if (connection === undefined) return () => {};
    connection.requests++;
    return () => {
      connection.requests--;
      // From here on it waits, behind all that have waited before.
      if (this.#connections.delete(name)) this.#connections.set(name, connection);
    };
  }

  /** Closes all of them, whatever their peers do. */
  closeAll(): void {
    for (const { socket } of this.#connections.values()) socket.destroy();
  }

  #makeRoom(): boolean {
    for (const [name, { socket, requests }] of this.#connections) {
      if (requests > 0) continue;
      this.#log.warn(`closed a connection without a request: ${this.#most} are open`);
      this.#connections.delete(name);
      socket.destroy();
      return true;
    }
    return false;
  }
}

const nameOf = ({ remoteAddress, remotePort }: Peer): string => `${remoteAddress} ${remotePort}`;
