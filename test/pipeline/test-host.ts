import type { Host } from '../../src/pipeline/component.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import { fromMillis } from '../../src/record/time.ts';
import { counters } from '../../src/store/counter.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { serial } from '../../src/util/serial.ts';

/** A service around one component: a store in memory, and commits that fail when the test says so. */
export class TestHost implements Host {
  readonly mode = 'run';
  readonly now = fromMillis(1_775_995_200_000);
  /** What components reported by `fail`. */
  readonly failures: Error[] = [];
  /** So many of the next units of work fail at their commit. */
  failingCommits = 0;
  readonly store: MemoryStore;
  readonly #oneByOne = serial();

  /** Another host's store: what a restart finds. */
  constructor(store = new MemoryStore()) {
    this.store = store;
  }

  work<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#oneByOne(async () => {
      const state = this.store.begin();
      const effects: (() => void)[] = [];
      try {
        const result = await run({ state, now: this.now, afterCommit: (effect) => effects.push(effect) });
        if (this.failingCommits > 0) {
          this.failingCommits--;
          throw new Error('ENOSPC: no space left on device');
        }
        await state.commit();
        for (const effect of effects) effect();
        return result;
      } catch (error) {
        state.rollback();
        throw error;
      }
    });
  }

  caughtUp(): void {}

  fail(error: Error): void {
    this.failures.push(error);
  }

  counters(id: string): Readonly<Record<string, number>> {
    return Object.fromEntries(counters(this.store, id));
  }
}
