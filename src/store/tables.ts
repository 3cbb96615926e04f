import { heldOf, storedOf, type Held } from './held.ts';
import type { Stored } from './store.ts';
import { weightOf } from './weight.ts';

/** Rows by table and key; undefined marks one that is deleted. */
export type ChangedRows = ReadonlyMap<string, ReadonlyMap<string, Held | undefined>>;

/** What has been committed: rows by table and key. A table exists while it has a row. */
export class Tables {
  readonly #tables = new Map<string, Map<string, Held>>();
  #weight = 0;

  /** About how many bytes of memory all rows take (`weightOf`). */
  get weight(): number {
    return this.#weight;
  }

  get(table: string, key: string): Stored | undefined {
    const held = this.#tables.get(table)?.get(key);
    return held === undefined ? undefined : storedOf(held);
  }

  has(table: string, key: string): boolean {
    return this.#tables.get(table)?.has(key) ?? false;
  }

  /** A row that is not there yet. */
  add(table: string, key: string, value: Stored): void {
    this.#put(table, key, heldOf(value));
    this.#weight += weightOf(key, value);
  }

  /** Puts rows in and takes rows out, which makes all of them heavier by `weight`. */
  apply(changes: ChangedRows, weight: number): void {
    for (const [table, rows] of changes) {
      for (const [key, held] of rows) {
        if (held === undefined) this.#delete(table, key);
        else this.#put(table, key, held);
      }
    }
    this.#weight += weight;
  }

  /** The rows of one table, in no order. */
  rows(table: string): ReadonlyMap<string, Held> {
    return this.#tables.get(table) ?? none;
  }

  /** The names of all tables, in no order. */
  names(): Iterable<string> {
    return this.#tables.keys();
  }

  #put(table: string, key: string, held: Held): void {
    const rows = this.#tables.get(table);
    if (rows) rows.set(key, held);
    else this.#tables.set(table, new Map([[key, held]]));
  }

  #delete(table: string, key: string): void {
    const rows = this.#tables.get(table);
    if (rows?.delete(key) && rows.size === 0) this.#tables.delete(table);
  }
}

const none: ReadonlyMap<string, Held> = new Map();

/** Rows in key order, by UTF-16 code unit. */
export function sortedRows(
  rows: Iterable<readonly [string, Stored]>,
): readonly (readonly [string, Stored])[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}
