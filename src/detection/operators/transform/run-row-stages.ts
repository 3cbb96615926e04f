import { fairShare } from './stages/fair-share.ts';
import type { Columns, Moment, RowStage } from './table-row.ts';

/** Rows that may come of one event (design §5). */
const maxRows = 10_000;

/**
 * What becomes of one row in one stage after the other: at most 10,000 rows, however many values an event holds. Beyond
 * that each row gives fewer, and `cut` is told.
 */
export function runRowStages(
  stages: readonly RowStage[],
  columns: Columns,
  at: Moment,
  cut?: () => void,
): readonly Columns[] {
  let rows: readonly Columns[] = [columns];
  for (const stage of stages) {
    if (rows.length === 0) return rows;
    const made = rows.map((row) => stage(row, at));
    rows = joined(made, cut);
  }
  return rows;
}

/** What came of each row, as one list. */
function joined(made: readonly (readonly Columns[])[], cut?: () => void): readonly Columns[] {
  const [only] = made;
  if (only !== undefined && made.length === 1 && only.length <= maxRows) return only;
  const share = fairShare(
    made.map(({ length }) => length),
    maxRows,
  );
  if (made.some(({ length }) => length > share)) cut?.();
  return made.flatMap((list) => (list.length > share ? list.slice(0, share) : list));
}
