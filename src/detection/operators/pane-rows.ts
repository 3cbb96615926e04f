import type { State, Stored } from '../../store/store.ts';

/** The rows of panes, with the size of each table at hand: the state counts anew at every question. */
export class PaneRows {
  readonly #state: State;
  readonly #sizes = new Map<string, number>();

  constructor(state: State) {
    this.#state = state;
  }

  get(table: string, key: string): Stored | undefined {
    return this.#state.get(table, key);
  }

  put(table: string, key: string, value: Stored): void {
    const size = this.#sizes.get(table);
    if (size !== undefined && this.#state.get(table, key) === undefined) this.#sizes.set(table, size + 1);
    this.#state.put(table, key, value);
  }

  /** As `put`, for a row that is not there. */
  add(table: string, key: string, value: Stored): void {
    const size = this.#sizes.get(table);
    if (size !== undefined) this.#sizes.set(table, size + 1);
    this.#state.put(table, key, value);
  }

  delete(table: string, key: string): void {
    const size = this.#sizes.get(table);
    if (size !== undefined && this.#state.get(table, key) !== undefined) this.#sizes.set(table, size - 1);
    this.#state.delete(table, key);
  }

  size(table: string): number {
    const known = this.#sizes.get(table);
    if (known !== undefined) return known;
    const size = this.#state.count(table);
    this.#sizes.set(table, size);
    return size;
  }

  scan(table: string): readonly (readonly [key: string, value: Stored])[] {
    return this.#state.scan(table);
  }
}
