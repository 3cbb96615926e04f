import type { Stored } from './store.ts';

/**
 * How many rows there are of each kind: state by the first segment of the
 * table's name, queues by name. Kept in the store's meta row and compared with
 * what is found at start, so that a lost key shows.
 */
export class Census {
  readonly #counts = new Map<string, number>();

  static of(stored: Stored | undefined): Census {
    const census = new Census();
    if (stored !== null && typeof stored === 'object' && !Array.isArray(stored)) {
      for (const [kind, rows] of Object.entries(stored)) census.add(kind, Number(rows));
    }
    return census;
  }

  add(kind: string, rows: number): void {
    const now = (this.#counts.get(kind) ?? 0) + rows;
    if (now === 0) this.#counts.delete(kind);
    else this.#counts.set(kind, now);
  }

  /** The counts, sorted by kind. */
  toStored(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** `outbox/debug: 3 rows found, 4 recorded`, for the first kind that differs; undefined if none does. */
  differenceFrom(recorded: Census): string | undefined {
    for (const kind of new Set([...this.#counts.keys(), ...recorded.#counts.keys()])) {
      const found = this.#counts.get(kind) ?? 0;
      const expected = recorded.#counts.get(kind) ?? 0;
      if (found !== expected) return `${kind}: ${found} rows found, ${expected} recorded`;
    }
    return undefined;
  }
}

export const kindOfTable = (table: string): string => table.split('/', 1)[0] ?? table;
