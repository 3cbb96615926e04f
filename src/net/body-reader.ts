import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { formatBytes } from '../util/byte-size.ts';
import { unpack, type Compression } from './compression.ts';
import { Rejection, tooLarge, unavailable } from './rejection.ts';

/** What a body comes from: a request of HTTP/1.1, or a stream of HTTP/2. */
type Arriving = Readable & { readonly headers?: IncomingHttpHeaders };

/** So many of the largest bodies may be held at a time; 512 connections could otherwise hold 10 GiB. */
const heldBodies = 8;

/** Reads the bodies of requests into bounded memory. */
export class BodyReader {
  readonly #limit: number;
  /** Bytes of all bodies that are being read or used. */
  #held = 0;

  /** `limit`: bytes that a body may have, as sent and unpacked. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Hands the body, as sent, to `use`, and holds it until that is done. Rejects with a `Rejection`. */
  async read<T>(request: Arriving, use: (body: Buffer) => Promise<T>): Promise<T> {
    const chunks: Buffer[] = [];
    try {
      await this.#collect(request, chunks);
      const body = Buffer.concat(chunks);
      // It is held once, and not in parts beside it.
      chunks.splice(0, Infinity, body);
      return await use(body);
    } finally {
      request.removeAllListeners('data');
      for (const chunk of chunks) this.#held -= chunk.length;
    }
  }

  /** The body without its compression; no more than the limit is ever unpacked. */
  async unpack(body: Buffer, compression: Compression): Promise<Buffer> {
    try {
      return await unpack(body, compression, this.#limit);
    } catch (error) {
      if (error instanceof RangeError) throw this.#tooLarge();
      throw new Rejection(400, `the body is not ${compression}, or ends early`);
    }
  }

  #collect(request: Arriving, chunks: Buffer[]): Promise<void> {
    // A body that is a little too large is read to its end and let go: most senders look for an answer only then.
    const patience = this.#limit * 2;
    if (Number(request.headers?.['content-length'] ?? 0) > patience) return Promise.reject(this.#tooLarge());
    // Gone while it waited to be read: nothing would tell that any more.
    if (request.destroyed) return Promise.reject(endsEarly());
    return new Promise((resolve, reject) => {
      let size = 0;
      request.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > patience) reject(this.#tooLarge());
        if (size > this.#limit) return;
        chunks.push(chunk);
        this.#held += chunk.length;
        if (this.#held > this.#limit * heldBodies) reject(unavailable('too many large requests at a time'));
      });
      request.on('end', () => (size > this.#limit ? reject(this.#tooLarge()) : resolve()));
      request.on('error', () => {});
      request.on('close', () => reject(endsEarly()));
    });
  }

  #tooLarge(): Rejection {
    return tooLarge(`the body is larger than ${formatBytes(this.#limit)}; send it in parts`);
  }
}

const endsEarly = (): Rejection => new Rejection(400, 'the body ends early');
