/** Reads the numbers of LevelDB's files. What does not fit into the bytes is a `RangeError`. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  get isDone(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError(`it ends at byte ${this.#bytes.length}`);
    return value;
  }

  /** A little-endian number of `width` bytes, unsigned. */
  fixed(width: number): number {
    let value = 0;
    for (let index = 0; index < width; index++) value += this.byte() * 2 ** (8 * index);
    return value;
  }

  /** Seven bits a byte, the lowest first; below 2^53, as no file is larger and no count higher. */
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 53; shift += 7) {
      const next = this.byte();
      value += (next & 127) * 2 ** shift;
      if (next < 128) {
        if (!Number.isSafeInteger(value)) break;
        return value;
      }
    }
    throw new RangeError(`no number ends at byte ${this.#at}`);
  }

  /** The next `length` bytes, not copied. */
  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError(`it ends at byte ${this.#bytes.length}`);
    const taken = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }

  /** A number, and so many bytes. */
  text(): Uint8Array {
    return this.take(this.varint());
  }
}
