import type { Fold } from './fold.ts';
import { numberOf } from './number-text.ts';

/** The sum of the values that are numbers; nothing if none is (spec/spl.md §3.2). */
export const sumFold: Fold<number | null> = {
  of: (texts, times) => {
    const numbers = numbersOf(texts);
    return numbers.length === 0 ? null : total(numbers) * times;
  },
  merge: (a, b) => (a === null || b === null ? (a ?? b) : a + b),
  times: (held, count) => (held === null ? null : held * count),
  texts: (held) => shown(held),
};

type Average = { readonly sum: number; readonly count: number };

/** The mean of the values that are numbers; nothing if none is. */
export const averageFold: Fold<Average> = {
  of: (texts, times) => {
    const numbers = numbersOf(texts);
    return { sum: total(numbers) * times, count: numbers.length * times };
  },
  merge: (a, b) => ({ sum: a.sum + b.sum, count: a.count + b.count }),
  times: ({ sum, count }, times) => ({ sum: sum * times, count: count * times }),
  texts: ({ sum, count }) => shown(count === 0 ? null : sum / count),
};

type Range = { readonly least: number; readonly most: number } | null;

/** The difference between the largest and the smallest of the values that are numbers; nothing if none is. */
export const rangeFold: Fold<Range> = {
  of: (texts) => numbersOf(texts).map(single).reduce(joinedRange, null),
  merge: (a, b) => joinedRange(a, b),
  texts: (held) => shown(held === null ? null : held.most - held.least),
};

const single = (value: number): Range => ({ least: value, most: value });

function joinedRange(a: Range, b: Range): Range {
  if (a === null || b === null) return a ?? b;
  return { least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) };
}

/** Number, mean, and sum of the squared distances from the mean. */
type Moments = { readonly count: number; readonly mean: number; readonly squares: number };

/**
 * The variance of a sample (divided by one less than the number of values), or its square root. Zero for a single value,
 * nothing for none. Parts are joined by the formula of Chan, Golub and LeVeque (1979), which does not lose digits
 * where the values are large and close together.
 */
export function momentsFold(which: 'var' | 'stdev'): Fold<Moments> {
  return {
    of: (texts, times) => repeated(numbersOf(texts).map(one).reduce(joinedMoments, noMoments), times),
    merge: joinedMoments,
    times: repeated,
    texts: ({ count, squares }) => {
      if (count === 0) return [];
      const variance = count === 1 ? 0 : squares / (count - 1);
      return shown(which === 'var' ? variance : Math.sqrt(variance));
    },
  };
}

const noMoments: Moments = { count: 0, mean: 0, squares: 0 };
const one = (value: number): Moments => ({ count: 1, mean: value, squares: 0 });

const repeated = ({ count, mean, squares }: Moments, times: number): Moments => ({
  count: count * times,
  mean,
  squares: squares * times,
});

function joinedMoments(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  if (a.count === 0 || b.count === 0) return a.count === 0 ? b : a;
  const distance = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (distance * b.count) / count,
    squares: a.squares + b.squares + (distance * distance * a.count * b.count) / count,
  };
}

function numbersOf(texts: readonly string[]): readonly number[] {
  return texts.map(numberOf).filter((value) => value !== undefined);
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, value) => sum + value, 0);

/** A sum that left the range of numbers shows nothing. */
const shown = (value: number | null): readonly string[] =>
  value === null || !Number.isFinite(value) ? [] : [String(value)];
