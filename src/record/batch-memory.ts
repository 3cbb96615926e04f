import { assert } from '../util/assert.ts';

const wasmPage = 65_536;

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
  /** 0 is never given: it can stand for "nowhere". */
  #free = 64;

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

  /** How many bytes nobody has reserved. */
  get left(): number {
    return this.bytes.length - this.#free;
  }

  /**
   * Sets `bytes` bytes aside for the caller, for as long as the memory lives; returns the offset of the first, a
   * multiple of `alignment`. They are zero. Throws if there are not so many left.
   */
  reserve(bytes: number, alignment: number): number {
    const offset = Math.ceil(this.#free / alignment) * alignment;
    assert(offset + bytes <= this.bytes.length, `${bytes} bytes do not fit into the memory of batches`);
    this.#free = offset + bytes;
    return offset;
  }
}
