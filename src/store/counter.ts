import type { State } from './store.ts';

/** Adds to a counter: a row of `counter/<component>` that is committed with what it counts. */
export function count(state: State, component: string, name: string, amount = 1): void {
  if (amount === 0) return;
  const table = counterTable(component);
  state.put(table, name, Number(state.get(table, name) ?? 0) + amount);
}

/** Every counter of a component, by name. */
export function counters(state: Pick<State, 'scan'>, component: string): ReadonlyMap<string, number> {
  return new Map(state.scan(counterTable(component)).map(([name, value]) => [name, Number(value)]));
}

const counterTable = (component: string): string => `counter/${component}`;
