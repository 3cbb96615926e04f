import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileStatistic,
  isOrdered,
} from '../../../../src/detection/operators/transform/compile-statistic.ts';
import type { Moment } from '../../../../src/detection/operators/transform/table-row.ts';
import { statistics } from '../../../../src/detection/plan/statistics.ts';
import type { Statistic, StatisticName } from '../../../../src/detection/plan/transform.ts';
import { noReferences } from '../../../../src/detection/reference.ts';
import type { Stored } from '../../../../src/store/store.ts';
import { call, column, statistic, text } from '../../search-fixture.ts';

const at: Moment = { now: 0n, references: noReferences };
const limits = { values: 100 };

/** Rows, newest first; the time of each is how many rows are behind it. */
function held(given: Statistic, rows: readonly (readonly string[])[], bound = limits): Stored {
  const compiled = compileStatistic(given, bound);
  const parts = rows.map((values, index) =>
    compiled.of(values.length === 0 ? new Map() : new Map([['x', values]]), BigInt(rows.length - index), at),
  );
  return parts.reduce((all, part) => compiled.merge(all, part));
}

const textsOf = (given: Statistic, rows: readonly (readonly string[])[], bound = limits): readonly string[] =>
  compileStatistic(given, bound).texts(held(given, rows, bound));

const values = (...given: readonly string[]): readonly (readonly string[])[] => given.map((value) => [value]);

describe('a statistic', () => {
  for (const [of, rows, expected] of [
    ['count', [['a', 'a'], ['b'], []], ['3']],
    ['dc', [['a', 'a'], ['b'], ['a'], ['A']], ['3']],
    ['estdc', [['a', 'a'], ['b'], ['a']], ['2']],
    // spec/spl.md trap 17
    ['values', [['9'], ['10', '70'], ['100'], ['9']], ['10', '100', '70', '9']],
    ['values', [['get'], ['Get'], []], ['Get', 'get']],
    ['values', [[], []], []],
    ['list', [['b', 'a'], [], ['a']], ['b', 'a', 'a']],
    ['min', [['10'], ['9'], ['100']], ['9']],
    ['min', [['10'], ['9'], ['x']], ['10']],
    ['max', [['1.50'], ['1.4']], ['1.50']],
    ['max', [['100'], ['9'], ['0x']], ['9']],
    ['min', [[], []], []],
    ['sum', [['1', '2.5'], ['x', '4'], []], ['7.5']],
    ['sum', [['x']], []],
    ['avg', [['1'], ['2', 'x'], []], ['1.5']],
    ['avg', [['x']], []],
    ['first', [[], ['b', 'c'], ['d']], ['b']],
    ['last', [['b'], ['c', 'd'], []], ['d']],
    ['latest', [[], ['b'], ['a']], ['b']],
    ['earliest', [['c'], ['b'], []], ['b']],
    ['mode', [['a'], ['b', 'b'], ['a'], ['b']], ['b']],
    ['mode', [['b'], ['a']], ['a']],
    ['mode', [[]], []],
    ['median', [['1'], ['9'], ['3']], ['3']],
    // Of an even number the higher one in the middle, as Splunk's documentation of `median` says.
    ['median', [['1'], ['2'], ['3'], ['4']], ['3']],
    ['median', [['x']], []],
    ['range', [['10'], ['2.5'], ['x']], ['7.5']],
    ['range', [['x']], []],
    ['var', [['2'], ['4'], ['4'], ['4'], ['5'], ['5'], ['7'], ['9']], [String(32 / 7)]],
    ['stdev', [['1'], ['3']], [String(Math.SQRT2)]],
    ['stdev', [['5']], ['0']],
    ['var', [['x']], []],
  ] as const satisfies readonly (readonly [
    StatisticName,
    readonly (readonly string[])[],
    readonly string[],
  ])[]) {
    test(`${of} of ${JSON.stringify(rows)} is ${JSON.stringify(expected)}`, () => {
      expect(textsOf(statistic(of, 'x'), rows)).toEqual(expected);
    });
  }

  for (const [percent, expected] of [
    [0, '1'],
    [10, '1'],
    [50, '5'],
    [95, '10'],
    [100, '10'],
  ] as const) {
    test(`perc${percent} of the numbers from 1 to 10 is the nearest rank, ${expected}`, () => {
      const rows = Array.from({ length: 10 }, (_, index) => [String(10 - index)]);
      expect(textsOf(statistic('perc', 'x', { percent }), rows)).toEqual([expected]);
    });
  }

  test('list holds the first 100 values, values all of them (spec/spl.md trap 17)', () => {
    const rows = Array.from({ length: 150 }, (_, index) => [String(index)]);
    expect(textsOf(statistic('list', 'x'), rows)).toEqual(rows.slice(0, 100).flat());
    expect(textsOf(statistic('values', 'x'), rows, { values: 1_000 })).toHaveLength(150);
  });

  test('count counts rows, values, or the rows for which a condition is true', () => {
    const rows = [['a'], [], ['b', 'b']];
    expect(textsOf(statistic('count'), rows)).toEqual(['3']);
    expect(textsOf(statistic('count', 'x'), rows)).toEqual(['3']);
    expect(textsOf(statistic('count', call('=', column('x'), text('a'))), rows)).toEqual(['1']);
  });

  test('of equal numbers min and max show the same one, in whatever order they come', () => {
    expect(textsOf(statistic('max', 'x'), values('403.0', '403'))).toEqual(['403']);
    expect(textsOf(statistic('max', 'x'), values('403', '403.0'))).toEqual(['403']);
  });

  test('of equal times latest is what comes first in the order of the rows, earliest what comes last', () => {
    for (const [of, expected] of [
      ['latest', 'a'],
      ['earliest', 'b'],
    ] as const) {
      const compiled = compileStatistic(statistic(of, 'x'), limits);
      const [a, b] = ['a', 'b'].map((value) => compiled.of(new Map([['x', [value]]]), 5n, at));
      expect(compiled.texts(compiled.merge(a ?? null, b ?? null))).toEqual([expected]);
    }
  });

  test('beyond its bound says so, and stays close', () => {
    const rows = Array.from({ length: 200 }, (_, index) => [String(index)]);
    for (const of of ['values', 'dc', 'median', 'mode'] as const) {
      const compiled = compileStatistic(statistic(of, 'x'), { values: 10 });
      expect(compiled.cut(held(statistic(of, 'x'), rows, { values: 10 }))).toBe(true);
      expect(compiled.cut(held(statistic(of, 'x'), rows.slice(0, 10), { values: 10 }))).toBe(false);
    }
    const middle = Number(textsOf(statistic('median', 'x'), rows, { values: 50 })[0]);
    expect(Math.abs(middle - 100)).toBeLessThan(20);
  });
});

const names = Object.keys(statistics) as readonly StatisticName[];
const row = fc.array(fc.constantFrom('a', 'b', '1', '2', '10', '-4'), { maxLength: 3 });

describe('every statistic', () => {
  for (const of of names) {
    const given = statistic(of, 'x', { percent: 90 });
    const compiled = compileStatistic(given, limits);

    test(`${of} is the same however its rows are joined`, () => {
      fc.assert(
        fc.property(fc.array(row, { minLength: 2, maxLength: 8 }), fc.nat(), (rows, cut) => {
          const parts = rows.map((texts, index) =>
            compiled.of(new Map([['x', texts]]), BigInt(index % 3), at),
          );
          const join = (some: readonly Stored[]): Stored => some.reduce((a, b) => compiled.merge(a, b));
          const split = 1 + (cut % (parts.length - 1));
          const halves = compiled.merge(join(parts.slice(0, split)), join(parts.slice(split)));
          expect(rounded(compiled.texts(halves))).toEqual(rounded(compiled.texts(join(parts))));
        }),
        { seed: 41, numRuns: 100 },
      );
    });

    test(`${of} of a row that counts several times is that of so many rows`, () => {
      fc.assert(
        fc.property(row, fc.integer({ min: 1, max: 5 }), (texts, times) => {
          const one = compiled.of(new Map([['x', texts]]), 1n, at);
          const many = Array.from({ length: times }, () => one).reduce((a, b) => compiled.merge(a, b));
          expect(rounded(compiled.texts(compiled.times(one, times)))).toEqual(rounded(compiled.texts(many)));
        }),
        { seed: 42, numRuns: 50 },
      );
    });

    if (isOrdered(given)) continue;
    test(`${of} does not depend on the order of the rows`, () => {
      fc.assert(
        fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
          const join = (some: readonly (readonly string[])[]): readonly string[] =>
            compiled.texts(
              some
                .map((texts, index) => compiled.of(new Map([['x', texts]]), BigInt(index), at))
                .reduce((a, b) => compiled.merge(a, b)),
            );
          expect(rounded(join(rows.toReversed()))).toEqual(rounded(join(rows)));
        }),
        { seed: 43, numRuns: 100 },
      );
    });
  }
});

/** The last digits of a sum of doubles depend on the order. */
const rounded = (texts: readonly string[]): readonly string[] =>
  texts.map((value) => (/^-?\d/.test(value) ? String(Number(Number(value).toPrecision(9))) : value));
