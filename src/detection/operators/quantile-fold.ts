import type { Fold } from './fold.ts';
import { numberOf } from './number-text.ts';

/** Distinct numbers in ascending order, each with how often it came. */
type Counts = {
  readonly values: readonly (readonly [value: number, count: number])[];
  readonly cut: boolean;
};

/**
 * The number at a place in the sorted list of those values that are numbers; nothing if none is. `rank` answers which
 * place, from 1, in a list of `count`. Exact up to `limit` distinct numbers; beyond it the two that are closest
 * together count as the smaller of them.
 */
export function quantileFold(limit: number, rank: (count: number) => number): Fold<Counts> {
  const bounded = ({ values, cut }: Counts): Counts => {
    let kept = values;
    while (kept.length > limit) kept = withoutClosest(kept);
    return { values: kept, cut: cut || kept !== values };
  };
  return {
    of: (texts, times) => {
      const numbers = texts.map(numberOf).filter((value) => value !== undefined);
      const parts = numbers.map((value) => ({ values: [[value, times] as const], cut: false }));
      return bounded(parts.reduce<Counts>(joined, { values: [], cut: false }));
    },
    merge: (a, b) => bounded(joined(a, b)),
    times: ({ values, cut }, times) => ({
      values: values.map(([value, count]) => [value, count * times] as const),
      cut,
    }),
    texts: ({ values }) => {
      const count = values.reduce((sum, [, times]) => sum + times, 0);
      const found = count === 0 ? undefined : valueAt(values, rank(count));
      return found === undefined ? [] : [String(found)];
    },
    cut: ({ cut }) => cut,
  };
}

/** Splunk's percentile of fewer than 1,000 values: the nearest rank, always one of the values. */
export const nearestRank =
  (percent: number) =>
  (count: number): number =>
    Math.max(1, Math.ceil((percent / 100) * count));

/** The place of the median: the higher one of the two in the middle of an even number, as in Splunk. */
export const middleRank = (count: number): number => Math.floor(count / 2) + 1;

function valueAt(values: Counts['values'], rank: number): number | undefined {
  let seen = 0;
  return values.find(([, count]) => (seen += count) >= rank)?.[0];
}

/** Both lists as one, in a single pass: both are sorted. */
function joined(a: Counts, b: Counts): Counts {
  const values: (readonly [number, number])[] = [];
  let other = 0;
  for (const [value, count] of a.values) {
    for (let next = b.values[other]; next !== undefined && next[0] < value; next = b.values[other]) {
      values.push(next);
      other++;
    }
    const same = b.values[other];
    if (same?.[0] === value) other++;
    values.push([value, count + (same?.[0] === value ? same[1] : 0)]);
  }
  return { values: [...values, ...b.values.slice(other)], cut: a.cut || b.cut };
}

function withoutClosest(values: Counts['values']): Counts['values'] {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, [value]] of values.entries()) {
    const gap = (values[index + 1]?.[0] ?? Number.POSITIVE_INFINITY) - value;
    if (gap < least) [best, least] = [index, gap];
  }
  const [value, count] = values[best] ?? [0, 0];
  return values.toSpliced(best, 2, [value, count + (values[best + 1]?.[1] ?? 0)]);
}
