import type { Expand } from '../../../plan/transform.ts';
import type { Columns, RowStage, TableStage } from '../table-row.ts';
import { fairShare } from './fair-share.ts';
import { withColumns } from './with-columns.ts';

/** Rows that may come of one row. */
const maxRows = 10_000;
/** Rows that may come of a whole result set, unless it had more to begin with. */
const maxTableRows = 100_000;

/**
 * `mvexpand` of one row: a row for each value of the column, in order, at most 10,000. A row that lacks the column stays
 * as it is.
 */
export function expandStage({ column, limit = maxRows }: Expand): RowStage {
  const most = Math.min(limit, maxRows);
  return (columns) => expanded(columns, column, most);
}

/**
 * `mvexpand` of a result set: as of one row, but all rows together give at most 100,000. Beyond that those with the most
 * values give fewer, so that no event pushes out what comes of another.
 */
export function expandTableStage({ column, limit = maxRows }: Expand): TableStage {
  return (rows) => {
    const sizes = rows.map(({ columns }) => Math.min(columns.get(column)?.length ?? 1, limit, maxRows));
    const most = Math.min(limit, maxRows, fairShare(sizes, maxTableRows));
    return rows.flatMap(({ columns, trace }) =>
      expanded(columns, column, most).map((made) => ({ columns: made, trace })),
    );
  };
}

function expanded(columns: Columns, column: string, most: number): readonly Columns[] {
  const values = columns.get(column);
  if (values === undefined || values.length < 2) return [columns];
  return values.slice(0, most).map((value) => withColumns(columns, [[column, [value]]]));
}
