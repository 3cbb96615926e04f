import { count } from '../../store/counter.ts';
import type { State } from '../../store/store.ts';
import type { Plan } from '../plan/plan.ts';

/** What the names of the counters of a plan begin with. */
export const counterOf = ({ id }: Plan): string => `detection/${id}`;

/** Counts that are added to the component's counters together, at the end. */
export class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string, amount = 1): void {
    if (amount === 0) return;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + amount);
  }

  save(state: State, component: string): void {
    for (const [name, amount] of this.#counts) count(state, component, name, amount);
  }
}
