import type { Health, Host } from '../component.ts';
import { queuesOf } from './queues.ts';

/** A backend that has failed for so long, in milliseconds of waiting, is more than a hiccup. */
const patienceMs = 60_000;

/** The name under which health tells of the dead letters of an exporter. */
export const lettersName = (exporter: string): string => `${exporter}: dead letters`;

/** Where dead letters are, as the end of "records are ...". `durable`: whether the store outlives the process. */
export const keptWhere = (durable: boolean): string =>
  durable
    ? 'kept as dead letters, which "riskpipe dead list" shows'
    : 'kept until the process ends, for nothing is stored';

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

  /** How many records were refused for good may have changed. */
  refused({ health, store }: Pick<Host, 'health' | 'store'>): void {
    const letters = store.length(queuesOf(this.#exporter).dead);
    const problem = `${letters} records were refused and are ${keptWhere(store.durable)}`;
    health.set(lettersName(this.#exporter), letters === 0 ? undefined : problem);
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
