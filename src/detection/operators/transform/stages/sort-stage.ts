import type { Head, Sort } from '../../../plan/transform.ts';
import type { TableStage } from '../table-row.ts';
import { sortRows } from './sort-order.ts';

/** `sort` (spec/spl.md §3.8): rows in another order, and the first `limit` of them. */
export function sortStage({ keys, limit }: Sort): TableStage {
  return (rows) => sortRows(rows, keys).slice(0, limit);
}

/** `head`: the first rows as they stand. */
export function headStage({ count }: Head): TableStage {
  return (rows) => rows.slice(0, count);
}
