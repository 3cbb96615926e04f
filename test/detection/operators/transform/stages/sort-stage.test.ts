import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SortKey } from '../../../../../src/detection/plan/transform.ts';
import { headStage, sortStage } from '../../../../../src/detection/operators/transform/stages/sort-stage.ts';
import { moment, tableOf, writtenRows, type Written } from '../table.ts';

const key = (column: string, options: Partial<SortKey> = {}): SortKey => ({
  column,
  descending: false,
  as: 'auto',
  ...options,
});

function sorted(rows: readonly Written[], keys: readonly SortKey[], limit?: number): readonly Written[] {
  return writtenRows(sortStage({ kind: 'sort', keys, limit })(tableOf(rows), moment));
}

describe('sorting one column', () => {
  const down = { descending: true };
  for (const [name, options, values, expected] of [
    ['numbers by their value', {}, ['10', '9', '1e1', '-1.5'], ['-1.5', '9', '10', '1e1']],
    ['texts by their bytes', {}, ['b', 'B', 'a', 'é'], ['B', 'a', 'b', 'é']],
    [
      'addresses by their bits',
      {},
      ['10.0.0.10', '10.0.0.9', '9.0.0.1'],
      ['9.0.0.1', '10.0.0.9', '10.0.0.10'],
    ],
    ['IPv6 behind IPv4', {}, ['::1', 'fe80::1', '10.0.0.1'], ['10.0.0.1', '::1', 'fe80::1']],
    ['numbers, then addresses, then texts', {}, ['a', '10.0.0.1', '9a', '7'], ['7', '10.0.0.1', '9a', 'a']],
    ['descending', down, ['9', '10', 'a'], ['a', '10', '9']],
    ['numbers as texts', { as: 'text' }, ['9', '10', 'a'], ['10', '9', 'a']],
    ['texts that are no numbers last', { as: 'number' }, ['x', '10', '9'], ['9', '10', 'x']],
    [
      'texts that are no numbers last, descending as well',
      { as: 'number', ...down },
      ['x', '9', '10'],
      ['10', '9', 'x'],
    ],
    [
      'texts that are no addresses last',
      { as: 'address' },
      ['x', '10.0.0.1', '7', '9.9.9.9'],
      ['9.9.9.9', '10.0.0.1', 'x', '7'],
    ],
    ['an empty text is a text', {}, ['a', '', '1'], ['1', '', 'a']],
  ] as const satisfies readonly (readonly [
    string,
    Partial<SortKey>,
    readonly string[],
    readonly string[],
  ])[]) {
    test(name, () => {
      expect(
        sorted(
          values.map((f) => ({ f })),
          [key('f', options)],
        ),
      ).toEqual(expected.map((f) => ({ f })));
    });
  }

  for (const descending of [false, true]) {
    test(`rows without the column are last, ${descending ? 'descending' : 'ascending'}`, () => {
      expect(sorted([{}, { f: '1' }], [key('f', { descending })])).toEqual([{ f: '1' }, {}]);
    });
  }

  test('of several values the first counts', () => {
    expect(sorted([{ f: ['2', '0'] }, { f: ['1', '9'] }], [key('f')])).toEqual([
      { f: ['1', '9'] },
      { f: ['2', '0'] },
    ]);
  });
});

test('further keys decide among equals, and equal rows stay as they stand', () => {
  const rows = [
    { a: '1', b: 'x', n: 'first' },
    { a: '2', b: 'y', n: 'second' },
    { a: '1', b: 'y', n: 'third' },
    { a: '1', b: 'x', n: 'fourth' },
  ];
  const made = sorted(rows, [key('a', { descending: true }), key('b')]);
  expect(made.map(({ n }) => n)).toEqual(['second', 'first', 'fourth', 'third']);
});

test('at most so many rows leave', () => {
  expect(sorted([{ f: '2' }, { f: '3' }, { f: '1' }], [key('f')], 2)).toEqual([{ f: '1' }, { f: '2' }]);
  expect(sorted([{ f: '2' }], [key('f')], 10)).toEqual([{ f: '2' }]);
});

test('head takes the first rows as they stand', () => {
  const rows = tableOf([{ f: '2' }, { f: '1' }, { f: '3' }]);
  expect(headStage({ kind: 'head', count: 2 })(rows, moment)).toEqual(rows.slice(0, 2));
  expect(headStage({ kind: 'head', count: 0 })(rows, moment)).toEqual([]);
});

test('sorting is a permutation in the order of its keys', () => {
  const value = fc.constantFrom(
    '',
    '0',
    '10',
    '9',
    '9a',
    '10.0.0.9',
    '9.0.0.10',
    '::1',
    'x',
    '\u{1f600}',
    '\uffee',
  );
  const row = fc.record({ f: value, g: value }, { requiredKeys: [] });
  let moved = 0;
  fc.assert(
    fc.property(fc.array(row, { maxLength: 12 }), fc.boolean(), (rows, descending) => {
      const given = tableOf(rows.map((row, index) => ({ ...row, place: String(index) })));
      const keys = [key('f', { descending }), key('g')];
      const made = sortStage({ kind: 'sort', keys, limit: undefined })(given, moment);
      expect(new Set(made)).toEqual(new Set(given));
      expect(made).toHaveLength(given.length);
      // Any two neighbours alone stand as they do among all others: it is an order, and a stable one.
      for (let index = 1; index < made.length; index++) {
        const pair = made.slice(index - 1, index + 1);
        const alone = given.filter((row) => pair.includes(row));
        expect(sortStage({ kind: 'sort', keys, limit: undefined })(alone, moment)).toEqual(pair);
      }
      if (made.some((row, index) => row !== given[index])) moved++;
    }),
    { seed: 8, numRuns: 300 },
  );
  expect(moved).toBeGreaterThan(100);
});
