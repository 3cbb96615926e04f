/**
 * What a scan leaves of a batch: lines that some plan may hold for, in order. One object for all scans of a scanner:
 * the next scan overwrites it.
 */
export class Candidates {
  /** Lines of the batch that are not blank. */
  lines = 0;
  /** How many of them are candidates. */
  count = 0;
  #start = new Uint32Array(smallest);
  #end = new Uint32Array(smallest);
  #odd = new Uint8Array(smallest);
  #plans: Uint32Array;
  readonly #words: number;

  /** `words`: of 32 bits, so many as hold a bit for each plan. */
  constructor(words: number) {
    this.#words = words;
    this.#plans = new Uint32Array(smallest * words);
  }

  /** Offset in the bytes of the batch of the first byte of candidate number `index`. */
  start(index: number): number {
    return this.#start[index] ?? 0;
  }

  /** Offset of the byte behind its last one, its line end not counted. */
  end(index: number): number {
    return this.#end[index] ?? 0;
  }

  /** Plans that may hold for it: bit n of word w is plan number 32w + n. */
  plans(index: number, word: number): number {
    return this.#plans[index * this.#words + word] ?? 0;
  }

  /** True if the line cannot be told from its bytes: every plan is possible. */
  odd(index: number): boolean {
    return this.#odd[index] !== 0;
  }

  clear(): void {
    this.lines = 0;
    this.count = 0;
    if (this.#start.length > largest) this.#resize(smallest);
  }

  /** `plans`: its words, valid during the call. */
  add(start: number, end: number, odd: number, plans: Uint32Array): void {
    const index = this.count++;
    if (index === this.#start.length) this.#resize(index * 2);
    this.#start[index] = start;
    this.#end[index] = end;
    this.#odd[index] = odd;
    this.#plans.set(plans, index * this.#words);
  }

  #resize(length: number): void {
    const kept = Math.min(length, this.#start.length);
    this.#start = resized(this.#start, new Uint32Array(length), kept);
    this.#end = resized(this.#end, new Uint32Array(length), kept);
    this.#plans = resized(this.#plans, new Uint32Array(length * this.#words), kept * this.#words);
    const odd = new Uint8Array(length);
    odd.set(this.#odd.subarray(0, kept));
    this.#odd = odd;
  }
}

const smallest = 1_024;
/** Room for more is given up again. */
const largest = 65_536;

function resized<T extends Uint32Array>(from: Uint32Array, to: T, kept: number): T {
  to.set(from.subarray(0, kept));
  return to;
}
