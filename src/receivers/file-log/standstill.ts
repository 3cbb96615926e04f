import type { Health } from '../../pipeline/component.ts';

/** What is mended within this time, in milliseconds, is nothing that an operator has to know of. */
const momentMs = 10_000;

/** Tells the service's health while a reader stands still because nobody takes what it reads. */
export class Standstill {
  readonly #health: Health;
  readonly #receiver: string;
  readonly #clock: () => number;
  /** Of the first failure since something was taken. */
  #since: number | undefined;

  /** `clock`: the monotonic one, in milliseconds. */
  constructor(health: Health, receiver: string, clock: () => number) {
    this.#health = health;
    this.#receiver = receiver;
    this.#clock = clock;
  }

  /** An attempt to hand something on has failed for `reason`. */
  failed(reason: string): void {
    const now = this.#clock();
    this.#since ??= now;
    if (now - this.#since >= momentMs) this.#health.set(this.#receiver, `reading stands still: ${reason}`);
  }

  /** Something was taken. */
  moved(): void {
    if (this.#since === undefined) return;
    this.#since = undefined;
    this.#health.set(this.#receiver, undefined);
  }
}
