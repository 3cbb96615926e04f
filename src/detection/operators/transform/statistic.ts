import type { Time } from '../../../record/time.ts';
import type { Stored } from '../../../store/store.ts';
import type { Columns, Moment } from './table-row.ts';

/** A statistic of a group: made from one row, joined with what was held, read as texts. What it holds is plain JSON. */
export interface CompiledStatistic {
  /** Name of the column. */
  readonly as: string;
  /** Of one row of event time `time`. */
  of(columns: Columns, time: Time, at: Moment): Stored;
  /** Of the rows of both. Associative; `a` came first. */
  merge(a: Stored, b: Stored): Stored;
  /** As if the rows had come `count` times. */
  times(held: Stored, count: number): Stored;
  /** As the column shows it; empty if there is nothing to show. */
  texts(held: Stored): readonly string[];
  /** A bound was reached: the column no longer holds all of it. */
  cut(held: Stored): boolean;
}
