import type { Time } from '../record/time.ts';
import type { UnitOfWork } from '../pipeline/unit-of-work.ts';
import type { Store } from '../store/store.ts';
import { serial } from '../util/serial.ts';

/** Runs units of work on one store, one at a time, each to its commit or its rollback (design §3). */
export class WorkRunner {
  readonly #store: Store;
  readonly #now: () => Time;
  readonly #inTurn = serial();

  constructor(store: Store, now: () => Time) {
    this.#store = store;
    this.#now = now;
  }

  /** Resolves once all that `run` did is durable; rejects, with nothing done, if `run` or the commit fails. */
  run<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const transaction = this.#store.begin();
      const effects: (() => void)[] = [];
      let result: T;
      try {
        result = await run({
          state: transaction,
          now: this.#now(),
          afterCommit: (effect) => effects.push(effect),
        });
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
