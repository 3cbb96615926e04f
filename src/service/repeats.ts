/** How many equal messages pass in one period before the rest are only counted. */
const allowed = 5;
const periodMs = 10_000;

/**
 * Holds back messages that repeat. Messages that differ only in numbers are
 * equal, so that "1 record waits" and "2 records wait" are one message.
 */
export class Repeats {
  readonly #now: () => number;
  readonly #seen = new Map<string, { since: number; passed: number; held: number }>();

  /** `now` in milliseconds, on a clock that does not jump. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Undefined: hold the message back. Otherwise let it pass, with the number of equal ones held back before it. */
  pass(component: string, message: string): number | undefined {
    const key = `${component} ${message.replace(/\d+/g, '#').slice(0, 200)}`;
    const now = this.#now();
    const seen = this.#seen.get(key);
    if (seen === undefined || now - seen.since >= periodMs) {
      this.#forget(now);
      this.#seen.set(key, { since: now, passed: 1, held: 0 });
      return seen?.held ?? 0;
    }
    if (seen.passed < allowed) {
      seen.passed++;
      return 0;
    }
    seen.held++;
    return undefined;
  }

  /** Messages of old, none held back, need not be remembered. */
  #forget(now: number): void {
    for (const [key, { since, held }] of this.#seen) {
      if (held === 0 && now - since >= periodMs) this.#seen.delete(key);
    }
  }
}
