/** How long what cannot be done at once may wait: each piece of it so long, and none any longer once it is `over`. */
export class Patience {
  readonly #ms: number;
  readonly #open = new Set<AbortController>();
  #isOver = false;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Runs `run`, whose signal aborts when its patience has run out. */
  async with<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const end = new AbortController();
    if (this.#isOver) end.abort();
    const timer = setTimeout(() => end.abort(), this.#ms);
    this.#open.add(end);
    try {
      return await run(end.signal);
    } finally {
      clearTimeout(timer);
      this.#open.delete(end);
    }
  }

  /** Nothing waits any longer, from now on. */
  over(): void {
    this.#isOver = true;
    for (const end of this.#open) end.abort();
  }
}
