import type { RowStage, TableStage } from '../table-row.ts';

/** A stage for one row, over all rows of a window: what comes of a row stands for that row's events. */
export const eachRow =
  (stage: RowStage): TableStage =>
  (rows, at) =>
    rows.flatMap(({ columns, trace }) => stage(columns, at).map((made) => ({ columns: made, trace })));
