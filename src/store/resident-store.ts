import { assert } from '../util/assert.ts';
import { storedOf } from './held.ts';
import { OverlayTransaction, type Changes } from './overlay.ts';
import type { Queued, Store, Stored, Transaction } from './store.ts';
import { sortedRows, Tables } from './tables.ts';

/** What stores have in common: state in memory, one transaction at a time. Where rows go is theirs. */
export abstract class ResidentStore implements Store {
  protected readonly committed: Tables;
  #open = false;

  constructor(committed = new Tables()) {
    this.committed = committed;
  }

  begin(): Transaction {
    assert(!this.#open, 'a transaction is already open');
    this.#open = true;
    return new OverlayTransaction({
      tables: this.committed,
      nextNumber: (queue) => this.nextNumber(queue),
      apply: (changes) => this.apply(changes),
      release: () => {
        this.#open = false;
      },
    });
  }

  get(table: string, key: string): Stored | undefined {
    return this.committed.get(table, key);
  }

  scan(table: string): readonly (readonly [string, Stored])[] {
    const rows = [...this.committed.rows(table)];
    return sortedRows(rows.map(([key, held]) => [key, storedOf(held)] as const));
  }

  tables(path: string): readonly string[] {
    return [...this.committed.names()].filter((name) => name.startsWith(path)).sort();
  }

  hurry(): void {}

  abstract readonly durable: boolean;
  abstract peek(queue: string, after: number, limit: number): Promise<readonly Queued[]>;
  abstract length(queue: string): number;
  abstract close(): Promise<void>;

  /** A number for a new row of `queue`, higher than any before. */
  protected abstract nextNumber(queue: string): number;

  /** Makes `changes` durable, then visible. */
  protected abstract apply(changes: Changes): Promise<void>;
}
