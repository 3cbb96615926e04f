import type { Time } from '../../record/time.ts';
import { groupEnd, type Group } from './group.ts';

/** The window (`end` - length, `end`] as one group. */
export interface TrailingWindow {
  readonly end: Time;
  readonly group: Group;
}

/**
 * For each distinct time in `rows`, which are sorted by it, the window of `length` that ends there. Takes a number of
 * merges that grows with the rows, not with its square: what is about to fall out of the window is kept as sums from
 * each row on, what has come in since as one sum.
 */
export function* trailingWindows(
  rows: readonly Group[],
  length: Time,
  merge: (a: Group, b: Group) => Group,
): Generator<TrailingWindow> {
  const ends = rows.map(groupEnd);
  let first = 0;
  /** sums[i]: all rows from i up to `summed`. */
  let sums: readonly (Group | undefined)[] = [];
  let summed = 0;
  let since: Group | undefined;
  for (const [index, row] of rows.entries()) {
    const end = ends[index] ?? 0n;
    since = since === undefined ? row : merge(since, row);
    while ((ends[first] ?? end) <= end - length) first++;
    if (first >= summed) {
      summed = index + 1;
      sums = suffixSums(rows.slice(0, summed), first, merge);
      since = undefined;
    }
    if (ends[index + 1] === end) continue;
    const old = sums[first];
    const group = old === undefined || since === undefined ? (old ?? since) : merge(old, since);
    if (group !== undefined) yield { end, group };
  }
}

/** At each index from `first` on, all of `rows` from there as one. */
function suffixSums(
  rows: readonly Group[],
  first: number,
  merge: (a: Group, b: Group) => Group,
): readonly (Group | undefined)[] {
  const sums: (Group | undefined)[] = [...rows];
  for (let index = rows.length - 2; index >= first; index--) {
    const [row, behind] = [rows[index], sums[index + 1]];
    if (row !== undefined && behind !== undefined) sums[index] = merge(row, behind);
  }
  return sums;
}
