import type { State, Stored } from '../../store/store.ts';
import type { Limits } from './limits.ts';

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

  /** True if `table` may have one group more. */
  hasRoom(table: string, limits: Limits): boolean {
    return this.hasRoomBeside(this.size(table), limits);
  }

  /** True if there may be one group more where there are `size`. */
  hasRoomBeside(size: number, limits: Limits): boolean {
    return size < limits.groups && (size < limits.reserved || !this.isHeavy(limits));
  }

  /** True if all that is remembered takes as much memory as it may. */
  isHeavy({ state }: Pick<Limits, 'state'>): boolean {
    return this.#state.weight >= state;
  }

  keys(table: string): readonly string[] {
    return this.#state.keys(table);
  }

  scan(table: string): readonly (readonly [key: string, value: Stored])[] {
    return this.#state.scan(table);
  }
}
