/// <reference lib="es2024.arraybuffer" />
import { readAt } from './read-at.ts';

const pageBytes = 4_096;
const blockBytes = 1_048_576;

/**
 * The one piece of memory that a receiver reads into. It grows for a long line and shrinks again.
 *
 * A resizable buffer begins at a page, and every read lands as far behind a page border as it lies in the file:
 * the kernel copies several times slower otherwise (spec/performance.md §2).
 */
export class ReadBuffer {
  readonly #most: number;
  readonly #memory: ArrayBuffer;
  #size: number;

  /** Never holds more than `most` bytes of a file. */
  constructor(most: number) {
    this.#most = Math.max(most, blockBytes);
    this.#size = blockBytes;
    this.#memory = new ArrayBuffer(this.#size + pageBytes, { maxByteLength: this.#most + pageBytes });
  }

  /** How much one `read` gives at most. */
  get size(): number {
    return this.#size;
  }

  /** Up to `length` bytes of the file from `position`; fewer at its end. Valid until the next call. */
  read(fd: number, position: number, length: number): Uint8Array {
    // A Buffer, because its `indexOf` searches many times faster than that of a plain Uint8Array.
    const bytes = Buffer.from(this.#memory, position % pageBytes, Math.min(length, this.#size));
    return bytes.subarray(0, readAt(fd, bytes, position));
  }

  /** Makes room for twice as much; false if that is not allowed. */
  grow(): boolean {
    if (this.#size === this.#most) return false;
    this.#resize(Math.min(this.#most, this.#size * 2));
    return true;
  }

  shrink(): void {
    if (this.#size > blockBytes) this.#resize(blockBytes);
  }

  #resize(size: number): void {
    this.#size = size;
    this.#memory.resize(size + pageBytes);
  }
}
