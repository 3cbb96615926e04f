import type { Columns, Moment, TableRow } from '../../../../src/detection/operators/transform/table-row.ts';
import { noReferences } from '../../../../src/detection/reference.ts';

/** A row as a test writes it: one value or several. */
export type Written = Readonly<Record<string, string | readonly string[]>>;

/** When and where stages of a test run. */
export const moment: Moment = { now: 0n, references: noReferences };

export const columnsOf = (row: Written): Columns =>
  new Map(Object.entries(row).map(([name, values]) => [name, [values].flat()]));

/** Rows of one event each; a row's place in the list is its event's time and id. */
export const tableOf = (rows: readonly Written[]): readonly TableRow[] =>
  rows.map((row, index) => ({
    columns: columnsOf(row),
    trace: {
      from: String(index),
      to: String(index),
      events: 1,
      evidence: [[String(index), `line ${index}`]],
      origin: [`context ${index}`, 'resource'],
    },
  }));

/** Columns as a test writes them: one value as a text. */
export const written = (columns: Columns): Written =>
  Object.fromEntries(
    [...columns].map(([name, values]) => {
      const [only, ...others] = values;
      return [name, only !== undefined && others.length === 0 ? only : values];
    }),
  );

export const writtenRows = (rows: readonly TableRow[]): readonly Written[] =>
  rows.map(({ columns }) => written(columns));
