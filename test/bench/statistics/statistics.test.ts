import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentile } from './percentile.ts';
import { ratiosOf } from './ratios.ts';
import { summaryOf } from './summary.ts';

const numbers = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 30 });

describe('a summary', () => {
  for (const [values, median] of [
    [[7], 7],
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ] as const) {
    test(`of ${values.join(', ')} has the median ${median}`, () => {
      expect(summaryOf(values)).toEqual({ median, min: Math.min(...values), max: Math.max(...values) });
    });
  }

  test('of nothing is none', () => {
    expect(summaryOf([])).toBeUndefined();
  });

  test('has as many values below its median as above it', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { median = Number.NaN } = summaryOf(values) ?? {};
        const below = values.filter((value) => value < median).length;
        const above = values.filter((value) => value > median).length;
        return below <= values.length / 2 && above <= values.length / 2;
      }),
      { seed: 5, numRuns: 500 },
    );
  });
});

describe('a percentile', () => {
  for (const [share, expected] of [
    [0, 1],
    [0.5, 5],
    [0.51, 6],
    [0.99, 10],
    [1, 10],
  ] as const) {
    test(`of one to ten at ${share} is ${expected}`, () => {
      expect(percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share)).toBe(expected);
    });
  }

  test('of nothing is no number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });

  test('is the least value that the share does not exceed', () => {
    fc.assert(
      fc.property(numbers, fc.double({ min: 0.01, max: 1, noNaN: true }), (values, share) => {
        const found = percentile(values, share);
        const upTo = values.filter((value) => value <= found).length;
        const below = values.filter((value) => value < found).length;
        return upTo >= share * values.length - 1e-9 && below < share * values.length + 1e-9;
      }),
      { seed: 6, numRuns: 500 },
    );
  });
});

describe('ratios', () => {
  test('are taken round by round, so that a slow minute slows both', () => {
    expect(ratiosOf([10, 5, 20], [5, 2.5, 10])).toEqual([2, 2, 2]);
  });

  test('leave out rounds in which one of the two was not measured', () => {
    expect(ratiosOf([10, undefined, 20, 30], [5, 1, 0])).toEqual([2]);
  });
});
