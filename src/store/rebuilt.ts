import type { State, Store } from './store.ts';

const table = 'store';
const key = 'rebuilt';

/** That a store began empty because the one before it was damaged. */
export type Rebuilt = {
  /** Wall time, RFC 3339. */
  readonly at: string;
  /** What was wrong with the one before. */
  readonly damage: string;
  /** Where its files are. */
  readonly kept: string;
  /** Whoever receives our records has been told. */
  readonly told: boolean;
};

/** Undefined for a store that knows all there was to know from its beginning. */
export function rebuilt(store: Pick<Store, 'get'>): Rebuilt | undefined {
  return store.get(table, key) as Rebuilt | undefined;
}

/** For as long as the store lives: what was read before it is not known. */
export function noteRebuilt(state: Pick<State, 'put'>, facts: Rebuilt): void {
  state.put(table, key, facts);
}
