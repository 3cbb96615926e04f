/** `retry_on_failure` (spec/collector.md §4.2): times in milliseconds. Nothing is ever given up. */
export interface RetrySettings {
  readonly initialMs: number;
  readonly multiplier: number;
  /** 0.5: each wait is between half and one and a half times as long as computed. */
  readonly randomization: number;
  readonly maxMs: number;
}

/** Waits that grow from one failure to the next, with jitter so that many senders do not come back together. */
export class Backoff {
  readonly #settings: RetrySettings;
  readonly #random: () => number;
  attempts = 0;

  /** `random` gives numbers in [0, 1). */
  constructor(settings: RetrySettings, random: () => number = Math.random) {
    this.#settings = settings;
    this.#random = random;
  }

  /** Milliseconds to wait after one more failure. */
  next(): number {
    const { initialMs, multiplier, randomization, maxMs } = this.#settings;
    const base = Math.min(maxMs, initialMs * multiplier ** this.attempts++);
    return Math.round(base * (1 + randomization * (2 * this.#random() - 1)));
  }

  reset(): void {
    this.attempts = 0;
  }
}
