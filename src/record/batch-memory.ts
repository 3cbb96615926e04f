import { assert } from '../util/assert.ts';

const wasmPage = 65_536;

/** Bytes of a memory. */
export interface Stretch {
  readonly offset: number;
  readonly length: number;
}

/**
 * The WebAssembly memory that batches lie in, so that a scanner can look at them where they are (design §4).
 *
 * Its size never changes, so views of it stay valid. A page that nobody has written to costs no memory.
 */
export class BatchMemory {
  readonly memory: WebAssembly.Memory;
  /** All of it. */
  readonly bytes: Uint8Array;
  /** The same bytes; it searches and decodes faster. */
  readonly buffer: Buffer;
  /** What is reserved, in order. 0 is never given: it can stand for "nowhere". */
  readonly #taken: Stretch[] = [{ offset: 0, length: 64 }];

  /** `size` in bytes; rounded up to whole pages of 64 KiB. */
  constructor(size: number) {
    const pages = Math.ceil(size / wasmPage);
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    this.bytes = new Uint8Array(this.memory.buffer);
    this.buffer = Buffer.from(this.memory.buffer);
  }

  /** Undefined where there is no WebAssembly, or not so much address space. */
  static ofSize(size: number): BatchMemory | undefined {
    try {
      return new BatchMemory(size);
    } catch {
      return undefined;
    }
  }

  /** The longest stretch that nobody has reserved, from a multiple of `alignment` on. Its bytes are zero. */
  largest(alignment: number): Stretch {
    let largest: Stretch = { offset: this.bytes.length, length: 0 };
    for (const gap of this.#gaps(alignment)) if (gap.length > largest.length) largest = gap;
    return largest;
  }

  /**
   * Sets `bytes` bytes aside for the caller, until they are released; returns the offset of the first, a multiple of
   * `alignment`. They are zero. Throws if there are not so many left in one stretch.
   */
  reserve(bytes: number, alignment: number): number {
    for (const { offset, length } of this.#gaps(alignment)) {
      if (length >= bytes) return this.take({ offset, length: bytes });
    }
    throw new Error(`bug: ${bytes} bytes do not fit into the memory of batches`);
  }

  /** Sets a stretch aside that nobody has reserved, as `reserve` does; returns its offset. */
  take(stretch: Stretch): number {
    const behind = this.#taken.findIndex(({ offset }) => offset >= stretch.offset + stretch.length);
    this.#taken.splice(behind === -1 ? this.#taken.length : behind, 0, stretch);
    return stretch.offset;
  }

  /** Gives back what was reserved at `offset`; nobody may look at it any more. */
  release(offset: number): void {
    const released = this.#taken.find((stretch) => stretch.offset === offset);
    assert(released, `nothing was reserved at ${offset}`);
    this.#taken.splice(this.#taken.indexOf(released), 1);
    this.bytes.fill(0, offset, offset + released.length);
  }

  *#gaps(alignment: number): Generator<Stretch> {
    for (const [index, { offset, length }] of this.#taken.entries()) {
      const from = Math.ceil((offset + length) / alignment) * alignment;
      const to = this.#taken[index + 1]?.offset ?? this.bytes.length;
      if (to > from) yield { offset: from, length: to - from };
    }
  }
}
