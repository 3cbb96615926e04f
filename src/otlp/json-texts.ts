/** Where texts of one request become bytes: one behind the other, in one piece of memory. */
export class JsonTexts {
  readonly #most: number;
  #memory: Buffer | undefined;
  #used = 0;

  /** `most`: bytes of the request; every escape in it is longer than what it stands for. */
  constructor(most: number) {
    this.#most = most;
  }

  /**
   * `text` in UTF-8. Undefined if that cannot hold it, as it has a lone surrogate, or has no room left, as bytes of the
   * request that were no UTF-8 became U+FFFD.
   */
  write(text: string): Uint8Array | undefined {
    if (!text.isWellFormed()) return undefined;
    if (this.#used + Buffer.byteLength(text) > this.#most) return undefined;
    this.#memory ??= Buffer.allocUnsafeSlow(this.#most);
    const from = this.#used;
    this.#used += this.#memory.write(text, from);
    return this.#memory.subarray(from, this.#used);
  }
}
