import { assert } from '../util/assert.ts';
import { OverlayTransaction, type Changes } from './overlay.ts';
import type { Queued, Store, Stored, Transaction } from './store.ts';
import { sortedRows, Tables } from './tables.ts';

/** A store that forgets everything when the process ends: for tests, and for running without `storage`. */
export class MemoryStore implements Store {
  readonly #tables = new Tables();
  readonly #queues = new Map<string, Map<number, string>>();
  #lastNumber = 0;
  #open = false;

  begin(): Transaction {
    assert(!this.#open, 'a transaction is already open');
    this.#open = true;
    return new OverlayTransaction({
      tables: this.#tables,
      nextNumber: () => ++this.#lastNumber,
      apply: async (changes) => this.#apply(changes),
      release: () => {
        this.#open = false;
      },
    });
  }

  async peek(queue: string, after: number, limit: number): Promise<readonly Queued[]> {
    const found: Queued[] = [];
    for (const [number, value] of this.#queues.get(queue) ?? []) {
      if (found.length === limit) break;
      if (number > after) found.push({ number, value });
    }
    return found;
  }

  length(queue: string): number {
    return this.#queues.get(queue)?.size ?? 0;
  }

  get(table: string, key: string): Stored | undefined {
    return this.#tables.get(table, key);
  }

  scan(table: string): readonly (readonly [string, Stored])[] {
    return sortedRows(this.#tables.rows(table));
  }

  tables(path: string): readonly string[] {
    return [...this.#tables.names()].filter((name) => name.startsWith(path)).sort();
  }

  async close(): Promise<void> {}

  #apply({ rows, enqueued, dequeued }: Changes): void {
    applyRows(this.#tables, rows);
    for (const { queue, number, value } of enqueued) {
      const waiting = this.#queues.get(queue) ?? new Map<number, string>();
      this.#queues.set(queue, waiting.set(number, value));
    }
    for (const { queue, number } of dequeued) this.#queues.get(queue)?.delete(number);
  }
}

/** Makes written and deleted rows visible in the committed tables. */
export function applyRows(tables: Tables, rows: Changes['rows']): void {
  for (const [table, written] of rows) {
    for (const [key, value] of written) {
      if (value === undefined) tables.delete(table, key);
      else tables.put(table, key, value);
    }
  }
}
