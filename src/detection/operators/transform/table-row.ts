import type { Time } from '../../../record/time.ts';
import type { References } from '../../reference.ts';
import type { Group } from '../group.ts';

/** The columns of a row: name to values, in order; a column without a value is not there. */
export type Columns = ReadonlyMap<string, readonly string[]>;

/** What a row stands for: the events behind it. */
export type Trace = Pick<Group, 'from' | 'to' | 'events' | 'evidence' | 'origin'>;

/** A row between two stages of a transform. */
export interface TableRow {
  readonly columns: Columns;
  readonly trace: Trace;
}

/** What a stage may ask for beside the row. */
export interface Moment {
  /** What `now()` reads: the end of the window, in event time, so that a replay equals the live run. */
  readonly now: Time;
  readonly references: References;
}

/** A stage that looks at one row at a time: gives the rows that come of it. Never throws. */
export type RowStage = (columns: Columns, at: Moment) => readonly Columns[];

/** A stage that needs all rows of a window, newest first. Never throws. */
export type TableStage = (rows: readonly TableRow[], at: Moment) => readonly TableRow[];
