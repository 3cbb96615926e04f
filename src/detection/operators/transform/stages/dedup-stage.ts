import type { Dedup } from '../../../plan/transform.ts';
import { keyOf } from '../../combinations.ts';
import type { TableRow, TableStage } from '../table-row.ts';
import { sortRows } from './sort-order.ts';

/**
 * `dedup` (spec/spl.md §3.8, trap 42): of rows whose columns `by` hold the same lists of values the first `count`. Those
 * that lack one of the columns go, unless `keepEmpty`; then all of them stay. What stays stands for its own events only.
 */
export function dedupStage({ by, count, keepEmpty, consecutive, order }: Dedup): TableStage {
  return (rows) => {
    const seen = new Map<string, number>();
    let previous: string | undefined;
    return sortRows(rows, order).filter((row) => {
      const key = keyOfRow(row, by);
      if (key === undefined && !keepEmpty) return false;
      if (consecutive && key !== previous) seen.clear();
      previous = key;
      if (key === undefined) return true;
      const times = (seen.get(key) ?? 0) + 1;
      seen.set(key, times);
      return times <= count;
    });
  };
}

/** Undefined if the row lacks one of the columns. */
function keyOfRow({ columns }: TableRow, by: readonly string[]): string | undefined {
  const lists: string[] = [];
  for (const name of by) {
    const values = columns.get(name);
    if (values === undefined) return undefined;
    lists.push(JSON.stringify(values));
  }
  return keyOf(lists);
}
