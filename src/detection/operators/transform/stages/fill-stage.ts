import { compareUtf8 } from '../../compare-utf8.ts';
import type { RowStage, TableRow, TableStage } from '../table-row.ts';
import { eachRow } from './each-row.ts';

/** Cells that a result set may be filled up to, unless it has very many rows. */
const maxCells = 5_000_000;

/** `fillnull` with a list: a row that lacks one of `names` gets it. What is there stays, an empty text too. */
export function fillStage(names: readonly string[], value: string): RowStage {
  const filling = [value];
  return (columns) => {
    const missing = names.filter((name) => !columns.has(name));
    if (missing.length === 0) return [columns];
    const filled = new Map(columns);
    for (const name of missing) filled.set(name, filling);
    return [filled];
  };
}

/**
 * `fillnull` without a list: every column that any of the rows has, and no other (spec/spl.md §3.1, traps 11-14).
 *
 * Events may bring any number of names. At most 1,000 columns are filled, fewer if there are more than 5,000 rows, but
 * never fewer than 100: those that most rows have, so that no event's odd names take the place of usual ones.
 */
export function fillTableStage(value: string): TableStage {
  return (rows, at) => {
    const most = Math.max(100, Math.min(1_000, Math.floor(maxCells / rows.length)));
    return eachRow(fillStage(commonNames(rows, most), value))(rows, at);
  };
}

/** The names of columns that most rows have, at most `most`; of equally common ones the first by name. */
function commonNames(rows: readonly TableRow[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { columns } of rows) {
    for (const name of columns.keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || compareUtf8(a, b))
    .slice(0, most)
    .map(([name]) => name);
}
