/** Lets so many in at a time. The others wait outside, in the order they came. */
export class Turnstile {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** True once inside, where `leave` gives the place to the next; false if `signal` aborts before that. */
  enter(signal: AbortSignal): Promise<boolean> {
    if (this.#free > 0) {
      this.#free--;
      return Promise.resolve(true);
    }
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      const give = (): void => {
        signal.removeEventListener('abort', goAway);
        resolve(true);
      };
      const goAway = (): void => {
        this.#waiting.delete(give);
        resolve(false);
      };
      signal.addEventListener('abort', goAway, { once: true });
      this.#waiting.add(give);
    });
  }

  leave(): void {
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#free++;
      return;
    }
    this.#waiting.delete(next);
    next();
  }
}
