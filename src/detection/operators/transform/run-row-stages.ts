import type { Columns, Moment, RowStage } from './table-row.ts';

/** What becomes of one row in one stage after the other. */
export function runRowStages(stages: readonly RowStage[], columns: Columns, at: Moment): readonly Columns[] {
  let rows: readonly Columns[] = [columns];
  for (const stage of stages) {
    if (rows.length === 0) return rows;
    rows = rows.flatMap((row) => stage(row, at));
  }
  return rows;
}
