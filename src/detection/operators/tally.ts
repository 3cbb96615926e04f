import { count } from '../../store/counter.ts';
import type { State } from '../../store/store.ts';

/** Counts of one call of the engine, added to the component's counters at its end. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, amount = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + amount);
  }

  save(state: State, component: string): void {
    for (const [name, amount] of this.#counts) count(state, component, name, amount);
  }
}
