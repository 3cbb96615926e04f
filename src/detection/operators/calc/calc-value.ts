import type { Columns, Moment } from '../transform/table-row.ts';

/** What a `Calc` gives: a column of several values is a list of texts; null is no value. */
export type CalcValue = string | number | boolean | readonly string[] | null;

/** A `Calc`, ready to run. Never throws. */
export type CompiledCalc = (columns: Columns, at: Moment) => CalcValue;
