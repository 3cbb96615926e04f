import { assert } from '../util/assert.ts';
import type { Stored, Transaction } from './store.ts';
import { sortedRows, type Tables } from './tables.ts';

/** What a transaction changes, in the order of its queue operations. Undefined marks a deleted row. */
export interface Changes {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, Stored | undefined>>;
  readonly enqueued: readonly { readonly queue: string; readonly number: number; readonly value: string }[];
  readonly dequeued: readonly { readonly queue: string; readonly number: number }[];
}

/** What a transaction needs of its store. */
export interface Overlaid {
  readonly tables: Tables;
  /** A number for a new row of `queue`, higher than any before. */
  nextNumber(queue: string): number;
  /** Makes `changes` durable, then visible. */
  apply(changes: Changes): Promise<void>;
  /** The transaction is over, one way or the other. */
  release(): void;
}

/** A transaction that keeps its writes beside the committed tables until it commits: to roll back is to forget them. */
export class OverlayTransaction implements Transaction {
  readonly #store: Overlaid;
  readonly #rows = new Map<string, Map<string, Stored | undefined>>();
  readonly #enqueued: { queue: string; number: number; value: string }[] = [];
  readonly #dequeued: { queue: string; number: number }[] = [];
  #open = true;

  constructor(store: Overlaid) {
    this.#store = store;
  }

  get queued(): number {
    return this.#enqueued.length;
  }

  get(table: string, key: string): Stored | undefined {
    const written = this.#rows.get(table);
    return written?.has(key) ? written.get(key) : this.#store.tables.get(table, key);
  }

  put(table: string, key: string, value: Stored): void {
    this.#write(table, key, value);
  }

  delete(table: string, key: string): void {
    this.#write(table, key, undefined);
  }

  scan(table: string): readonly (readonly [string, Stored])[] {
    return sortedRows(this.#merged(table));
  }

  count(table: string): number {
    const committed = this.#store.tables.rows(table);
    let rows = committed.size;
    for (const [key, value] of this.#rows.get(table) ?? []) {
      rows += Number(value !== undefined) - Number(committed.has(key));
    }
    return rows;
  }

  tables(path: string): readonly string[] {
    const names = new Set([...this.#store.tables.names(), ...this.#rows.keys()]);
    return [...names].filter((name) => name.startsWith(path) && this.count(name) > 0).sort();
  }

  enqueue(queue: string, value: string): void {
    assert(this.#open, 'write to a spent transaction');
    this.#enqueued.push({ queue, number: this.#store.nextNumber(queue), value });
  }

  dequeue(queue: string, number: number): void {
    assert(this.#open, 'write to a spent transaction');
    this.#dequeued.push({ queue, number });
  }

  async commit(): Promise<void> {
    assert(this.#open, 'commit of a spent transaction');
    this.#open = false;
    try {
      const changed = this.#rows.size + this.#enqueued.length + this.#dequeued.length;
      if (changed === 0) return;
      await this.#store.apply({ rows: this.#rows, enqueued: this.#enqueued, dequeued: this.#dequeued });
    } finally {
      this.#store.release();
    }
  }

  rollback(): void {
    assert(this.#open, 'rollback of a spent transaction');
    this.#open = false;
    this.#store.release();
  }

  #write(table: string, key: string, value: Stored | undefined): void {
    assert(this.#open, 'write to a spent transaction');
    const rows = this.#rows.get(table);
    if (rows) rows.set(key, value);
    else this.#rows.set(table, new Map([[key, value]]));
  }

  *#merged(table: string): Iterable<readonly [string, Stored]> {
    const written = this.#rows.get(table);
    for (const [key, value] of this.#store.tables.rows(table)) if (!written?.has(key)) yield [key, value];
    for (const [key, value] of written ?? []) if (value !== undefined) yield [key, value];
  }
}
