import type { Health } from '../component.ts';

/** A backend that has failed for so long, in milliseconds of waiting, is more than a hiccup. */
const patienceMs = 60_000;

/** What an exporter tells of itself: red while delivery fails, or while it looks for records that are not taken. */
export class Condition {
  readonly #exporter: string;
  #waited = 0;
  #failing: string | undefined;
  #doubt: string | undefined;

  constructor(exporter: string) {
    this.#exporter = exporter;
  }

  /** Nothing is delivered until somebody mends something. */
  parked(health: Health, reason: string): void {
    this.#failing = reason;
    this.#say(health);
  }

  /** An attempt failed, and the next one is so far away. */
  waits(health: Health, reason: string, ms: number): void {
    this.#waited += ms;
    if (this.#waited < patienceMs) return;
    this.#failing = reason;
    this.#say(health);
  }

  /** The backend answered. `doubt`: what is still to be looked into. */
  answered(health: Health, doubt: string | undefined): void {
    this.#waited = 0;
    if (this.#failing === undefined && this.#doubt === doubt) return;
    this.#failing = undefined;
    this.#doubt = doubt;
    this.#say(health);
  }

  #say(health: Health): void {
    health.set(this.#exporter, this.#failing ?? this.#doubt);
  }
}
