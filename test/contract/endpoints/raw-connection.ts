import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** A connection that is written by hand, as no client would write it; gone when the test is over. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #chunks: Buffer[] = [];
  /** Resolves once it is closed, with all that came back. */
  readonly closed: Promise<string>;

  private constructor(address: string) {
    const [host, port] = address.split(':');
    const socket = connect(Number(port), host);
    socket.on('error', () => {});
    socket.on('data', (chunk) => this.#chunks.push(chunk));
    this.closed = new Promise((resolve) => socket.once('close', () => resolve(this.answer)));
    onTestFinished(() => void socket.destroy());
    this.#socket = socket;
  }

  /** Connects and sends `text`. */
  static async to(address: string, text = ''): Promise<RawConnection> {
    const connection = new RawConnection(address);
    await once(connection.#socket, 'connect');
    connection.#socket.write(text);
    return connection;
  }

  /** So many that send `text` each and then wait. */
  static async many(count: number, address: string, text = ''): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => RawConnection.to(address, text)));
  }

  /** All that came back so far. */
  get answer(): string {
    return Buffer.concat(this.#chunks).toString('latin1');
  }

  /** Reads nothing any more. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Sends `text` again and again, for as long as the other side takes it, up to `times`. */
  async repeat(text: string, times: number): Promise<void> {
    for (let count = 0; count < times && this.#socket.writable; count++) {
      if (this.#socket.write(text)) continue;
      const drained = new Promise((resolve) => this.#socket.once('drain', resolve));
      await Promise.race([drained, this.closed]);
    }
  }
}
