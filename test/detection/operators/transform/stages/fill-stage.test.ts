import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fillStage,
  fillTableStage,
} from '../../../../../src/detection/operators/transform/stages/fill-stage.ts';
import { moment, columnsOf, tableOf, written, writtenRows, type Written } from '../table.ts';

describe('a fill of listed columns', () => {
  for (const [name, row, expected] of [
    ['creates what the row lacks', { b: 'x' }, { a: '0', b: 'x' }],
    ['leaves what is there, several values too', { a: ['1', '2'], b: '' }, { a: ['1', '2'], b: '' }],
    ['fills an empty row', {}, { a: '0', b: '0' }],
    ['leaves columns that are not listed alone', { c: 'x' }, { a: '0', b: '0', c: 'x' }],
  ] as const) {
    test(name, () => {
      expect(fillStage(['a', 'b'], '0')(columnsOf(row), moment).map(written)).toEqual([expected]);
    });
  }
});

describe('a fill of all columns', () => {
  for (const [name, rows, expected] of [
    [
      'a row gets what a sibling has (trap 11)',
      [{ 'objectRef.name': 'web', user: 'a' }, { user: 'b' }],
      [
        { 'objectRef.name': 'web', user: 'a' },
        { 'objectRef.name': '0', user: 'b' },
      ],
    ],
    ['a column that no row has is not created (trap 12)', [{ user: 'b' }], [{ user: 'b' }]],
    [
      'an empty text is a value, and tells siblings of its column (trap 15)',
      [{ City: '' }, {}],
      [{ City: '' }, { City: '0' }],
    ],
    ['the text null is a value (trap 21)', [{ status: 'null' }, {}], [{ status: 'null' }, { status: '0' }]],
    ['no rows stay no rows', [], []],
  ] as const satisfies readonly (readonly [string, readonly Written[], readonly Written[]])[]) {
    test(name, () => {
      expect(writtenRows(fillTableStage('0')(tableOf(rows), moment))).toEqual(expected);
    });
  }

  test('another value may be filled in', () => {
    expect(writtenRows(fillTableStage('n/a')(tableOf([{ a: 'x' }, {}]), moment))).toEqual([
      { a: 'x' },
      { a: 'n/a' },
    ]);
  });

  test('each row keeps its events', () => {
    const rows = tableOf([{ a: 'x' }, {}]);
    expect(fillTableStage('0')(rows, moment).map(({ trace }) => trace)).toEqual(
      rows.map(({ trace }) => trace),
    );
  });

  test('odd names of one event do not take the place of usual ones', () => {
    const odd = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`a${index}`, 'x']));
    const [, second, third] = fillTableStage('0')(tableOf([odd, { user: 'a', z: 'x' }, { z: 'y' }]), moment);
    expect(second?.columns.size).toBe(1_001);
    expect(third?.columns.get('z')).toEqual(['y']);
    expect(third?.columns.size).toBe(1_000);
  });

  test('never changes what is there, and leaves no row without a column that another has', () => {
    const row = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('', '0', 'x', 'null'));
    let filled = 0;
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const made = writtenRows(fillTableStage('fill')(tableOf(rows), moment));
        const names = new Set(rows.flatMap((given) => Object.keys(given)));
        for (const [index, given] of rows.entries()) {
          expect(made[index]).toMatchObject(given);
          expect(new Set(Object.keys(made[index] ?? {}))).toEqual(names);
          if (Object.keys(given).length < names.size) filled++;
        }
      }),
      { seed: 3, numRuns: 300 },
    );
    expect(filled).toBeGreaterThan(200);
  });
});
