import type { Arrival } from './aggregation.ts';
import type { Keeper } from './keeper.ts';
import type { Panes } from './panes.ts';
import type { Turn } from './turn.ts';

/** Counts rows in windows of event time, and lets go of those that satisfy when it is time (see `Window`). */
export interface WindowOperator extends Keeper {
  readonly panes: Panes;
  /** One row, which came in the pane of its time. */
  push(arrival: Arrival, turn: Turn): void;
}
