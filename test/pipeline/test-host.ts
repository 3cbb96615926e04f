import type { Exporter, Health, Host } from '../../src/pipeline/component.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { fromMillis } from '../../src/record/time.ts';
import { counters } from '../../src/store/counter.ts';
import { WorkRunner } from '../../src/service/work.ts';
import { MemoryStore } from '../../src/store/memory.ts';

/** A service around one component: a store in memory, and commits that fail when the test says so. */
export class TestHost implements Host {
  readonly mode: Host['mode'] = 'run';
  readonly now = fromMillis(1_775_995_200_000);
  /** What components reported by `fail`. */
  readonly failures: Error[] = [];
  /** What components reported by `health.set`, as it stands. */
  readonly problems = new Map<string, string>();
  readonly health: Health = {
    set: (component, problem) => {
      if (problem === undefined) this.problems.delete(component);
      else this.problems.set(component, problem);
    },
  };
  /** So many of the next units of work fail at their commit. */
  failingCommits = 0;
  readonly store: MemoryStore;
  readonly #runner: WorkRunner;

  /** Another host's store: what a restart finds. */
  constructor(store = new MemoryStore()) {
    this.store = store;
    this.#runner = new WorkRunner(store, () => this.now);
  }

  work<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#runner.run(async (work) => {
      const result = await run(work);
      if (this.failingCommits === 0) return result;
      this.failingCommits--;
      throw new Error('ENOSPC: no space left on device');
    });
  }

  caughtUp(): void {}

  fail(error: Error): void {
    this.failures.push(error);
  }

  /** Hands `records` to an exporter as one batch. */
  send(exporter: Exporter, records: readonly LogRecord[]): Promise<void> {
    const batch = new RecordBatch(records, 'test', { stream: 'test', offset: 0 });
    return this.work((work) => exporter.consume(batch, work));
  }

  counters(id: string): Readonly<Record<string, number>> {
    return Object.fromEntries(counters(this.store, id));
  }
}
