import type { Time } from '../record/time.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import type { Store } from '../store/store.ts';
import { serial } from '../util/serial.ts';

// Design §3.
const maxRecords = 4_096;
const maxMs = 50;

/** Runs units of work on one store, one at a time, each to its commit or its rollback (design §3). */
export class WorkRunner {
  readonly #store: Store;
  readonly #now: () => Time;
  readonly #clock: () => number;
  readonly #inTurn = serial();

  /** `clock`: the monotonic one, in milliseconds. */
  constructor(store: Store, now: () => Time, clock: () => number = () => performance.now()) {
    this.#store = store;
    this.#now = now;
    this.#clock = clock;
  }

  /** Resolves once all that `run` did is durable; rejects, with nothing done, if `run` or the commit fails. */
  run<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const transaction = this.#store.begin();
      const lasts: (() => void)[] = [];
      const effects: (() => void)[] = [];
      const deadline = this.#clock() + maxMs;
      let filled = false;
      let result: T;
      try {
        result = await run({
          state: transaction,
          now: this.#now(),
          beforeCommit: (last) => lasts.push(last),
          afterCommit: (effect) => effects.push(effect),
          isFull: () => filled || transaction.queued >= maxRecords || this.#clock() >= deadline,
          fill: () => {
            filled = true;
          },
        });
        for (const last of lasts) last();
      } catch (error) {
        transaction.rollback();
        throw error;
      }
      await transaction.commit();
      for (const effect of effects) effect();
      return result;
    });
  }
}
