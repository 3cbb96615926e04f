/// <reference lib="es2024.arraybuffer" />
import { BatchMemory } from '../../record/batch-memory.ts';
import { readAt, type LogSource } from './read-at.ts';

const pageBytes = 4_096;
/** What stays near the processor from the read to the last look at it (spec/performance.md §3). */
const blockBytes = 1_048_576;
/** For the block, and for the tables of the scanners that look at it: address space, used as far as it is needed. */
const memoryBytes = 134_217_728;
/** A scanner looks at whole vectors of bytes. */
const marginBytes = 128;

/** What was read: bytes of a file, valid until the next read. */
export interface Chunk {
  /** A Buffer, because its `indexOf` searches many times faster than that of a plain Uint8Array. */
  readonly bytes: Buffer;
  /** The memory that they lie in; undefined for the long ones, which lie somewhere else. */
  readonly memory: BatchMemory | undefined;
}

/**
 * What a receiver reads into: a block in the memory of batches, where a scanner finds it; and for a line that is longer
 * a piece of memory that grows for it and shrinks again.
 *
 * Both begin at a page, and every read lands as far behind a page border as it lies in the file: the kernel copies
 * several times slower otherwise (spec/performance.md §2).
 */
export class ReadBuffer {
  readonly #most: number;
  /** Undefined where there is no such memory: then everything is read as what is long. */
  readonly #memory = BatchMemory.ofSize(memoryBytes);
  readonly #block: Buffer | undefined;
  readonly #long: ArrayBuffer;
  #size = blockBytes;

  /** Never holds more than `most` bytes of a file. */
  constructor(most: number) {
    this.#most = Math.max(most, blockBytes);
    this.#block = this.#memory && room(this.#memory);
    this.#long = new ArrayBuffer(this.#longBytes, { maxByteLength: this.#most + pageBytes });
  }

  /** How much one `read` gives at most. */
  get size(): number {
    return this.#size;
  }

  /** Up to `length` bytes of the file from `position`; fewer at its end. Valid until the next call. */
  read(source: LogSource, position: number, length: number): Chunk {
    const from = position % pageBytes;
    const most = Math.min(length, this.#size);
    const block = this.#size === blockBytes ? this.#block : undefined;
    const bytes = block?.subarray(from, from + most) ?? Buffer.from(this.#long, from, most);
    return { bytes: bytes.subarray(0, readAt(source, bytes, position)), memory: block && this.#memory };
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
    this.#long.resize(this.#longBytes);
  }

  get #longBytes(): number {
    return this.#size === blockBytes && this.#block ? 0 : this.#size + pageBytes;
  }
}

function room(memory: BatchMemory): Buffer {
  const offset = memory.reserve(blockBytes + pageBytes + marginBytes, pageBytes);
  return memory.buffer.subarray(offset, offset + blockBytes + pageBytes);
}
