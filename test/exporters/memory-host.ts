import type { Exporter, Host } from '../../src/pipeline/component.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import type { LogRecord } from '../../src/record/record.ts';
import { fromMillis } from '../../src/record/time.ts';
import { counters } from '../../src/store/counter.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { WorkRunner } from '../../src/service/work.ts';

/** A service with one exporter in it, its store in memory. */
export class MemoryHost implements Host {
  readonly mode = 'run';
  readonly store = new MemoryStore();
  readonly #runner = new WorkRunner(this.store, () => fromMillis(1_775_995_200_000));

  work<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#runner.run(run);
  }

  caughtUp(): void {}

  fail(error: Error): void {
    throw error;
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
