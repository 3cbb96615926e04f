import type { Stored } from '../../store/store.ts';
import type { Pane } from './panes.ts';
import type { Turn } from './turn.ts';

/** An operator that remembers things in panes, and what becomes of them when a pane closes. */
export interface Keeper {
  /** Names its panes in the agenda; unique in an engine, and another one for another definition. */
  readonly name: string;
  /**
   * At the end of a replay: `close` as if event time had got there, `expire` without moving event time, or `keep`
   * what only rows still to come could need.
   */
  readonly atEnd: 'close' | 'expire' | 'keep';
  /**
   * A pane closes: called before its rows go, and again whenever the rest of them is to go. May put other rows into it.
   * Left out where the rows that came in are the ones that go.
   */
  settle?(pane: Pane, turn: Turn): void;
  /** One row of a pane goes. It has been deleted already. Left out where rows go silently. */
  readonly expire?: ((pane: Pane, key: string, value: Stored, turn: Turn) => void) | undefined;
}
