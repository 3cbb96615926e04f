import type { Stored } from '../../src/store/store.ts';

/** What a transaction changes, in its order. Undefined marks a deleted row. */
export interface Recorded {
  readonly rows: readonly {
    readonly table: string;
    readonly key: string;
    readonly value: Stored | undefined;
  }[];
  readonly enqueued: readonly { readonly queue: string; readonly value: string }[];
  /** Names of the queues that it changes. */
  readonly queues: ReadonlySet<string>;
}

/** What a store's disk holds for good: whole commits. */
export class ModelDisk {
  readonly tables = new Map<string, Map<string, Stored>>();
  /** The rows of each queue, oldest first. */
  readonly queues = new Map<string, readonly string[]>();
  /** Everything that was ever put into a queue, in order. */
  readonly enqueued = new Map<string, string[]>();

  keep({ rows, enqueued }: Recorded): void {
    for (const { table, key, value } of rows) {
      const kept = this.tables.get(table) ?? new Map<string, Stored>();
      this.tables.set(table, kept);
      if (value === undefined) kept.delete(key);
      else kept.set(key, value);
    }
    for (const { queue, value } of enqueued) {
      const order = this.enqueued.get(queue) ?? [];
      this.enqueued.set(queue, order);
      order.push(value);
    }
  }
}
