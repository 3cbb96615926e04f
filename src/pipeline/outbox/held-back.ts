import type { Alarm } from './alarm.ts';

/**
 * The records of one lane that a backend refuses when each comes alone, without saying that it never takes them, while
 * it takes others (spec/reliability.md W19). What lies behind goes past them. They keep their places in the store, so
 * that a restart begins with them again.
 *
 * A record has its next turn as soon as something else was taken, for then it is not the backend that is broken; after
 * that one of them has a turn every `retryMs`, and while they are taken one after the other.
 */
export class HeldBack {
  readonly #retryMs: number;
  readonly #alarm: Alarm;
  /** Their numbers in the queue; whose turn is next stands first. */
  readonly #numbers: number[] = [];
  /** So many at the front were held back since something else was taken. */
  #fresh = 0;
  /** So many may be tried now. */
  #turns = 0;
  #last = 0;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** Rings `alarm` when the time of a turn has come. */
  constructor(retryMs: number, alarm: Alarm) {
    this.#retryMs = retryMs;
    this.#alarm = alarm;
  }

  get size(): number {
    return this.#numbers.length;
  }

  /** The highest number that was ever held back, 0 if none: rows behind it were not. */
  get last(): number {
    return this.#last;
  }

  /** The number of the record that is to be tried now, if there is one. */
  get turn(): number | undefined {
    return this.#turns > 0 ? this.#numbers[0] : undefined;
  }

  /** A row that was refused alone; all before it have left or are held back. */
  hold(number: number): void {
    this.#numbers.splice(this.#fresh++, 0, number);
    this.#last = Math.max(this.#last, number);
    this.#wait();
  }

  /** The one whose turn it was is refused again. */
  refused(): void {
    this.#numbers.push(...this.#numbers.splice(0, 1));
    this.#fresh = Math.max(0, this.#fresh - 1);
    this.#turns--;
    this.#wait();
  }

  /** The one whose turn it was has left its queue; so may the next. */
  left(): void {
    this.#numbers.shift();
    this.#fresh = Math.max(0, this.#fresh - 1);
    this.#turns = Math.min(this.#turns, this.size);
    this.#wait();
  }

  /** Something that was not held back was taken. */
  passed(): void {
    this.#turns = Math.max(this.#turns, this.#fresh);
    this.#fresh = 0;
  }

  /** Each has a turn now. */
  tryNow(): void {
    this.#turns = this.size;
  }

  /** No turn comes any more by itself. */
  stop(): void {
    this.#isStopped = true;
    this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(): void {
    if (this.#isStopped || this.size === 0 || this.#turns > 0) return this.#rest();
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#turns = Math.max(this.#turns, 1);
      this.#alarm.ring();
    }, this.#retryMs);
  }
}
