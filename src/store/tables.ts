import type { Stored } from './store.ts';

/** What has been committed: rows by table and key. A table exists while it has a row. */
export class Tables {
  readonly #tables = new Map<string, Map<string, Stored>>();

  get(table: string, key: string): Stored | undefined {
    return this.#tables.get(table)?.get(key);
  }

  put(table: string, key: string, value: Stored): void {
    const rows = this.#tables.get(table);
    if (rows) rows.set(key, value);
    else this.#tables.set(table, new Map([[key, value]]));
  }

  delete(table: string, key: string): void {
    const rows = this.#tables.get(table);
    if (rows?.delete(key) && rows.size === 0) this.#tables.delete(table);
  }

  /** Puts rows in; undefined takes one out. */
  apply(changes: ReadonlyMap<string, ReadonlyMap<string, Stored | undefined>>): void {
    for (const [table, rows] of changes) {
      for (const [key, value] of rows) {
        if (value === undefined) this.delete(table, key);
        else this.put(table, key, value);
      }
    }
  }

  /** The rows of one table, in no order. */
  rows(table: string): ReadonlyMap<string, Stored> {
    return this.#tables.get(table) ?? none;
  }

  /** The names of all tables, in no order. */
  names(): Iterable<string> {
    return this.#tables.keys();
  }
}

const none: ReadonlyMap<string, Stored> = new Map();

/** Rows in key order, by UTF-16 code unit. */
export function sortedRows(
  rows: Iterable<readonly [string, Stored]>,
): readonly (readonly [string, Stored])[] {
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
}
