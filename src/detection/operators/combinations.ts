import { hashOf } from '../../record/hash.ts';
import type { GroupKey } from '../plan/plan.ts';
import { product, productSize } from './product.ts';
import type { Row } from './row.ts';

/** One choice of a value for each `by` field: the group that an event counts in. */
export interface Combination {
  /** The values as one text: equal exactly if they are. A hash of it if it is long. */
  readonly key: string;
  /** In the order of `by`. */
  readonly values: readonly string[];
  /** How often the event holds it: a repeated value counts again (spec/spl.md §3.2). */
  readonly times: number;
}

export interface Combinations {
  /** The distinct values of each `by` field, in the event's order. */
  readonly lists: readonly (readonly string[])[];
  readonly all: readonly Combination[];
  /** The product was larger than the limit: `all` holds the first of it. */
  readonly cut: boolean;
}

/** The values of a combination as those of a group: one for each `by` field. */
export const single = ({ values }: Pick<Combination, 'values'>): readonly (readonly string[])[] =>
  values.map((value) => [value]);

/** A key longer than this is kept as its hash. */
const maxKey = 1_024;

/**
 * What `row` counts as: the product of the values of the `by` fields, at most `limit` combinations. Undefined if it
 * has no value for one of them and there is no default.
 *
 * Combinations with the last of `sourceIPs` come first: it is the only address that the client could not write, so no
 * number of forged ones pushes it out (design §5).
 */
export function combinationsOf(
  row: Pick<Row, 'kept'>,
  by: readonly GroupKey[],
  limit: number,
): Combinations | undefined {
  const counted = by.map((key) => valuesOf(row, key));
  if (counted.some((values) => values.size === 0)) return undefined;
  const lists = counted.map((values) => [...values.keys()]);
  if (lists.every(({ length }) => length === 1)) return { lists, all: [onlyOne(counted)], cut: false };
  const order = [...by.keys()].sort((a, b) => rank(by[a]) - rank(by[b]));
  const ordered = order.map(
    (index) => (rank(by[index]) === 0 ? lists[index]?.toReversed() : lists[index]) ?? [],
  );
  const all: Combination[] = [];
  for (const tuple of product(ordered, limit)) {
    const values = by.map((_, index) => tuple[order.indexOf(index)] ?? '');
    const times = values.reduce((total, value, index) => total * (counted[index]?.get(value) ?? 1), 1);
    all.push({ key: keyOf(values), values, times });
  }
  return { lists, all, cut: productSize(lists) > limit };
}

/** The combination of fields that have one value each. */
function onlyOne(counted: readonly ReadonlyMap<string, number>[]): Combination {
  const values: string[] = [];
  let times = 1;
  for (const [[value, count] = ['', 1]] of counted) {
    values.push(value);
    times *= count;
  }
  return { key: keyOf(values), values, times };
}

/** Values as one text that no other list of values has. */
export function keyOf(values: readonly string[]): string {
  const key = JSON.stringify(values);
  return key.length <= maxKey ? key : hashOf(key);
}

/** Each distinct value and how often the row has it, in the row's order. */
function valuesOf(
  row: Pick<Row, 'kept'>,
  { field, default: missing }: GroupKey,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const value of row.kept(field)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  if (counts.size === 0 && missing !== undefined) counts.set(missing, 1);
  return counts;
}

/** Addresses vary slowest. */
const rank = (key: GroupKey | undefined): number =>
  key?.field.name === 'sourceIPs' || key?.field.name === 'sourceIPs{}' ? 0 : 1;
