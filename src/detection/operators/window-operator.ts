import type { Arrival } from './aggregation.ts';
import type { Keeper } from './keeper.ts';
import type { Time } from '../../record/time.ts';
import type { Pane } from './panes.ts';
import type { Turn } from './turn.ts';

/** Cuts event time into panes: every time lies in one. */
export interface PaneSource {
  at(time: Time): Pane;
}

/** Counts rows in windows of event time, and lets go of those that satisfy when it is time (see `Window`). */
export interface WindowOperator extends Keeper {
  readonly panes: PaneSource;
  /** One row, which came in the pane of its time. */
  push(arrival: Arrival, turn: Turn): void;
}
