/** Runs all that is ready: the parts of a simulated process wait for nothing but promises, gates and virtual timers. */
const realSetImmediate = setImmediate;
export const settle = (): Promise<void> => new Promise((resolve) => realSetImmediate(resolve));

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly run: () => void;
}

/** Time that passes only when it is told to, for all that asks for it by `setTimeout` while it is installed. */
export class VirtualTime {
  /** Monotonic, in milliseconds. */
  now = 0;
  /** By how much the wall clock is off, in milliseconds. */
  wallOffset = 0;
  /** Wall time of the beginning, in milliseconds since 1970. */
  readonly start: number;
  readonly #timers = new Map<number, Timer>();
  #last = 0;

  constructor(start: number) {
    this.start = start;
  }

  get wall(): number {
    return this.start + this.now + this.wallOffset;
  }

  /** Takes the place of the timers and of `Math.random` until the function that it returns is called. */
  install(random: () => number): () => void {
    const { setTimeout: realSet, clearTimeout: realClear } = globalThis;
    const realRandom = Math.random;
    const set = (run: () => void, ms = 0): number => {
      const number = ++this.#last;
      this.#timers.set(number, { at: this.now + Math.max(0, ms), number, run });
      return number;
    };
    globalThis.setTimeout = set as unknown as typeof setTimeout;
    globalThis.clearTimeout = ((number: number) => this.#timers.delete(number)) as typeof clearTimeout;
    Math.random = random;
    return () => {
      globalThis.setTimeout = realSet;
      globalThis.clearTimeout = realClear;
      Math.random = realRandom;
    };
  }

  /** Lets so many milliseconds pass; timers run in their order, each to the end of what it begins. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#timers.delete(next.number);
      this.now = next.at;
      next.run();
      await settle();
    }
    this.now = until;
  }

  /** No timer runs any more: whoever set them is gone. */
  forget(): void {
    this.#timers.clear();
  }

  #next(until: number): Timer | undefined {
    let found: Timer | undefined;
    for (const timer of this.#timers.values()) {
      if (timer.at <= until && (found === undefined || timer.at < found.at)) found = timer;
    }
    return found;
  }
}
