import { assert } from '../util/assert.ts';
import { heldOf, storedOf, type Held } from './held.ts';
import type { Stored, Transaction } from './store.ts';
import { sortedRows, type ChangedRows, type Tables } from './tables.ts';
import { weightOf } from './weight.ts';

/** What a transaction changes, in the order of its queue operations. */
export interface Changes {
  readonly rows: ChangedRows;
  /** By how much all rows become heavier (`weightOf`). */
  readonly weight: number;
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
  /** Every row that was written. */
  readonly #rows = new Map<string, Map<string, Held | undefined>>();
  /** Of those, lists and objects that were written more than once: they are made text when no more will come. */
  readonly #again = new Map<string, Map<string, Stored>>();
  readonly #enqueued: { queue: string; number: number; value: string }[] = [];
  readonly #dequeued: { queue: string; number: number }[] = [];
  /** Of all rows, with what was written here. */
  #weight: number;
  #open = true;

  constructor(store: Overlaid) {
    this.#store = store;
    this.#weight = store.tables.weight;
  }

  get weight(): number {
    return this.#weight;
  }

  get queued(): number {
    return this.#enqueued.length;
  }

  get(table: string, key: string): Stored | undefined {
    const again = this.#again.get(table)?.get(key);
    if (again !== undefined) return again;
    const written = this.#rows.get(table);
    if (!written?.has(key)) return this.#store.tables.get(table, key);
    const held = written.get(key);
    return held === undefined ? undefined : storedOf(held);
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

  keys(table: string): readonly string[] {
    const written = this.#rows.get(table);
    const keys = [...this.#store.tables.rows(table).keys()].filter((key) => !written?.has(key));
    for (const [key, held] of written ?? []) if (held !== undefined) keys.push(key);
    return keys.sort();
  }

  count(table: string): number {
    const committed = this.#store.tables.rows(table);
    let rows = committed.size;
    for (const [key, held] of this.#rows.get(table) ?? []) {
      rows += Number(held !== undefined) - Number(committed.has(key));
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
      const weight = this.#weight - this.#store.tables.weight;
      const rows = this.#changedRows();
      await this.#store.apply({ rows, weight, enqueued: this.#enqueued, dequeued: this.#dequeued });
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
    const before = this.get(table, key);
    if (before !== undefined) this.#weight -= weightOf(key, before);
    if (value !== undefined) this.#weight += weightOf(key, value);
    const rows = entryOf(this.#rows, table);
    if (typeof value === 'object' && value !== null && rows.get(key) !== undefined) {
      entryOf(this.#again, table).set(key, value);
      return;
    }
    this.#again.get(table)?.delete(key);
    rows.set(key, value === undefined ? undefined : heldOf(value));
  }

  #changedRows(): ChangedRows {
    for (const [table, again] of this.#again) {
      const rows = entryOf(this.#rows, table);
      for (const [key, value] of again) rows.set(key, heldOf(value));
    }
    return this.#rows;
  }

  *#merged(table: string): Iterable<readonly [string, Stored]> {
    const written = this.#rows.get(table);
    for (const [key, held] of this.#store.tables.rows(table)) {
      if (!written?.has(key)) yield [key, storedOf(held)];
    }
    const again = this.#again.get(table);
    for (const [key, held] of written ?? []) {
      if (held !== undefined) yield [key, again?.get(key) ?? storedOf(held)];
    }
  }
}

/** The rows of a table; none yet if it is new. */
function entryOf<Row>(tables: Map<string, Map<string, Row>>, table: string): Map<string, Row> {
  const known = tables.get(table);
  if (known !== undefined) return known;
  const rows = new Map<string, Row>();
  tables.set(table, rows);
  return rows;
}
