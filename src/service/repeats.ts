/** How many equal messages pass in one period before the rest are only counted. */
const allowed = 5;
const periodMs = 10_000;
/** How many messages are remembered; beyond that the one longest known is forgotten. */
const kinds = 1_000;

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** Messages that were held back. */
export interface Held {
  readonly level: Level;
  readonly component: string;
  /** The first of them. */
  readonly message: string;
  readonly count: number;
}

interface Seen extends Held {
  readonly since: number;
  passed: number;
  count: number;
}

/**
 * Holds back messages that repeat, for ten seconds from the first, and says then how many there were. Messages that
 * differ only in numbers are equal, so that "1 record waits" and "2 records wait" are one message.
 */
export class Repeats {
  readonly #now: () => number;
  readonly #say: (held: Held) => void;
  /** In the order in which they began. */
  readonly #seen = new Map<string, Seen>();

  /** `now` in milliseconds, on a clock that does not jump. `say` is told of what was held back, if anything was. */
  constructor(now: () => number, say: (held: Held) => void) {
    this.#now = now;
    this.#say = say;
  }

  /** Whether to say the message; if not, it is counted. */
  passes(level: Level, component: string, message: string): boolean {
    this.settle();
    const key = `${level} ${component} ${message.replace(/\d+/g, '#').slice(0, 200)}`;
    const seen = this.#seen.get(key);
    if (seen === undefined) {
      for (const oldest of this.#seen.keys()) {
        if (this.#seen.size < kinds) break;
        this.#end(oldest);
      }
      this.#seen.set(key, { level, component, message, since: this.#now(), passed: 1, count: 0 });
      return true;
    }
    if (seen.passed < allowed) {
      seen.passed++;
      return true;
    }
    seen.count++;
    return false;
  }

  /** Says what was held back of the messages whose period is over; for a timer, as a message may never come again. */
  settle(): void {
    const now = this.#now();
    for (const [key, { since }] of this.#seen) {
      if (now - since < periodMs) return;
      this.#end(key);
    }
  }

  /** Says all that was held back and not yet said. */
  end(): void {
    for (const key of this.#seen.keys()) this.#end(key);
  }

  #end(key: string): void {
    const seen = this.#seen.get(key);
    this.#seen.delete(key);
    if (seen !== undefined && seen.count > 0) this.#say(seen);
  }
}
