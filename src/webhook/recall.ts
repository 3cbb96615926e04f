import type { State } from '../store/store.ts';

/** So many requests are remembered at least: those of three API servers in four minutes, which is how long they try. */
const atLeast = 8_192;

/**
 * Remembers the latest requests by a hash of all that they hold, so that one whose answer did not arrive counts once
 * (spec/reliability.md §1.2). Two generations take turns: when one is full, the older one is forgotten.
 */
export class Recall {
  readonly #receiver: string;
  readonly #atLeast: number;

  /** `receiver`: the id that it is stored under. */
  constructor(receiver: string, least = atLeast) {
    this.#receiver = receiver;
    this.#atLeast = least;
  }

  /** Whether the request is known; from now on it is. Part of the unit of work that takes it. */
  meet(state: State, digest: string): boolean {
    const young = this.#young(state);
    if ([young, 1 - young].some((one) => state.get(this.#table(one), digest) !== undefined)) return true;
    const full = state.count(this.#table(young)) >= this.#atLeast;
    if (full) this.#forget(state, 1 - young);
    state.put(this.#table(full ? 1 - young : young), digest, true);
    return false;
  }

  /** Which generation is being filled: 0 or 1. */
  #young(state: State): number {
    return Number(state.get('recall', this.#receiver) ?? 0);
  }

  /** Empties a generation, which is the young one then. */
  #forget(state: State, generation: number): void {
    const table = this.#table(generation);
    for (const digest of state.keys(table)) state.delete(table, digest);
    state.put('recall', this.#receiver, generation);
  }

  #table(generation: number): string {
    return `recall/${this.#receiver}/${generation}`;
  }
}
