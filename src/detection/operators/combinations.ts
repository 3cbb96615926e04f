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
  const kept = by.map((key) => valuesOf(row, key));
  if (kept.some(({ length }) => length === 0)) return undefined;
  if (kept.every(({ length }) => length === 1)) return { lists: kept, all: [onlyOne(kept)], cut: false };
  const lists = kept.map(distinct);
  const timesOf = countingIn(kept, lists);
  const all: Combination[] = [];
  for (const values of areForgeable(by, lists) ? trustedFirst(by, lists, limit) : product(lists, limit)) {
    all.push({ key: keyOf(values), values, times: timesOf(values) });
  }
  return { lists, all, cut: productSize(lists) > limit };
}

/** True if addresses that the client could write stand before the one that it could not. */
const areForgeable = (by: readonly GroupKey[], lists: readonly (readonly string[])[]): boolean =>
  by.some((key, index) => rank(key) === 0 && (lists[index]?.length ?? 0) > 1);

/** The product with addresses from the last to the first, and slowest of all. */
function* trustedFirst(
  by: readonly GroupKey[],
  lists: readonly (readonly string[])[],
  limit: number,
): Generator<readonly string[]> {
  const order = [...by.keys()].sort((a, b) => rank(by[a]) - rank(by[b]));
  const ordered = order.map(
    (index) => (rank(by[index]) === 0 ? lists[index]?.toReversed() : lists[index]) ?? [],
  );
  const places = by.map((_, index) => order.indexOf(index));
  for (const tuple of product(ordered, limit)) yield places.map((place) => tuple[place] ?? '');
}

/** Each value once, in the order in which they come: the very same list if none is repeated, as mostly. */
function distinct(values: readonly string[]): readonly string[] {
  if (values.length < 2) return values;
  const found = new Set(values);
  return found.size === values.length ? values : [...found];
}

/** How often a choice of values is in `kept`, whose distinct values are `lists`. */
function countingIn(
  kept: readonly (readonly string[])[],
  lists: readonly (readonly string[])[],
): (values: readonly string[]) => number {
  const repeated = [...lists.keys()].filter((index) => kept[index] !== lists[index]);
  const counted = repeated.map((index) => [index, counts(kept[index] ?? [])] as const);
  return (values) =>
    counted.reduce((total, [index, found]) => total * (found.get(values[index] ?? '') ?? 1), 1);
}

/** The combination of fields that have one value each, once. */
function onlyOne(kept: readonly (readonly string[])[]): Combination {
  const values = kept.map(([value = '']) => value);
  return { key: keyOf(values), values, times: 1 };
}

/** Values as one text that no other list of values has. */
export function keyOf(values: readonly string[]): string {
  const key = JSON.stringify(values);
  return key.length <= maxKey ? key : hashOf(key);
}

/** The values that a row has, or what stands for none. */
function valuesOf(row: Pick<Row, 'kept'>, { field, default: missing }: GroupKey): readonly string[] {
  const values = row.kept(field);
  return values.length === 0 && missing !== undefined ? [missing] : values;
}

/** Each distinct value and how often it is there, in the order in which they come. */
function counts(values: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

/** Addresses vary slowest. */
const rank = (key: GroupKey | undefined): 0 | 1 =>
  key?.field.name === 'sourceIPs' || key?.field.name === 'sourceIPs{}' ? 0 : 1;
