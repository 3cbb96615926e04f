import type { Stored } from '../../store/store.ts';
import { asGroup, groupEnd, groupStart, keptGroup, type Group, type KeptGroup } from './group.ts';

/** The rows of one group in one pane of a sliding window, by event time. */
export type Trail = {
  /** Each the group of one row, or of several that lie close together, at the time of the last of them. */
  readonly rows: readonly Group[];
  /** Event time at which the group last left here; a pane is as long as a group has to wait, so there is but one. */
  readonly left: string | null;
  readonly coarse: boolean;
};

export const emptyTrail: Trail = { rows: [], left: null, coarse: false };

/** A trail as the state keeps it. */
type KeptTrail = readonly [rows: readonly KeptGroup[], left: string | null, coarse: boolean];

export const keptTrail = ({ rows, left, coarse }: Trail): KeptTrail => [rows.map(keptGroup), left, coarse];

export function asTrail(stored: Stored | undefined): Trail | undefined {
  if (stored === undefined) return undefined;
  // The tables that this is called for hold nothing else, and the store answers for its rows.
  const [rows, left, coarse] = stored as KeptTrail;
  return { rows: rows.map(asGroup).filter((row) => row !== undefined), left, coarse };
}

/**
 * `trail` with one row more. Beyond `limit` rows the two neighbours that are closest together become one: a window may
 * then hold a row a little longer than it should (2 / `limit` of its length at most), never shorter, so noise hides
 * no threshold.
 */
export function withRow(
  trail: Trail,
  row: Group,
  limit: number,
  merge: (a: Group, b: Group) => Group,
): Trail {
  const index = trail.rows.findLastIndex((other) => groupEnd(other) <= groupEnd(row)) + 1;
  const rows = trail.rows.toSpliced(index, 0, row);
  if (rows.length <= limit) return { ...trail, rows };
  const at = closestPair(rows);
  const [first, second] = rows.slice(at, at + 2);
  if (first === undefined || second === undefined) return { ...trail, rows };
  return { ...trail, rows: rows.toSpliced(at, 2, merge(first, second)), coarse: true };
}

/** Index of the first of two neighbours that together span the least time. */
function closestPair(rows: readonly Group[]): number {
  let best = 0;
  let least: bigint | undefined;
  for (const [index, row] of rows.slice(1).entries()) {
    const before = rows[index];
    if (before === undefined) continue;
    const span = groupEnd(row) - groupStart(before);
    if (least === undefined || span < least) [best, least] = [index, span];
  }
  return best;
}
