import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  renameStage,
  renameTableStage,
} from '../../../../../src/detection/operators/transform/stages/rename-stage.ts';
import { moment, columnsOf, tableOf, written, writtenRows } from '../table.ts';

const renameOf = (...pairs: readonly (readonly [from: string, to: string])[]) => ({
  kind: 'rename' as const,
  pairs: pairs.map(([from, to]) => ({ from, to })),
});

describe('a row', () => {
  for (const [name, pairs, row, expected] of [
    [
      'overwrites the target (trap 24)',
      [['user.username', 'user']],
      { user: 'x', 'user.username': 'y' },
      { user: 'y' },
    ],
    [
      'keeps several values',
      [['sourceIPs{}', 'src_ip']],
      { 'sourceIPs{}': ['a', 'b'] },
      { src_ip: ['a', 'b'] },
    ],
    ['loses the target if the source is missing', [['a', 'b']], { b: '1', c: '2' }, { c: '2' }],
    ['stays as it is if it has neither', [['a', 'b']], { c: '2' }, { c: '2' }],
    ['keeps a column renamed to itself', [['a', 'a']], { a: '1' }, { a: '1' }],
    [
      'sees pairs from left to right',
      [
        ['a', 'b'],
        ['b', 'c'],
      ],
      { a: '1', b: '2' },
      { c: '1' },
    ],
    [
      'gives a column only its first new name',
      [
        ['a', 'b'],
        ['a', 'c'],
      ],
      { a: '1', c: '2' },
      { b: '1' },
    ],
    [
      'carries over what the star stands for',
      [['object.*', '*']],
      { 'object.kind': 'Event', 'object.involvedObject.kind': 'Pod' },
      { kind: 'Event', 'involvedObject.kind': 'Pod' },
    ],
    [
      'is overwritten by each pair in turn (trap 25)',
      [
        ['object.*', '*'],
        ['involvedObject.*', '*'],
      ],
      { 'object.kind': 'Event', 'object.involvedObject.kind': 'Pod', 'object.involvedObject.name': 'web-1' },
      { kind: 'Pod', name: 'web-1' },
    ],
    ['takes up a name only once', [['a*', 'aa*']], { ab: '1', aab: '2' }, { aab: '1', aaab: '2' }],
    ['adds to all names', [['*', 'x.*']], { a: '1', b: '2' }, { 'x.a': '1', 'x.b': '2' }],
    ['fills several stars', [['*-*', '*.to.*']], { 'a-b-c': '1' }, { 'a.to.b-c': '1' }],
    [
      'keeps the last of two columns that get one name',
      [['*-*', '*.*']],
      { 'a-.b': '1', 'a-b': '2' },
      { 'a..b': '1', 'a.b': '2' },
    ],
  ] as const satisfies readonly (readonly [
    string,
    readonly (readonly [string, string])[],
    object,
    object,
  ])[]) {
    test(name, () => {
      expect(renameStage(renameOf(...pairs))(columnsOf(row), moment).map(written)).toEqual([expected]);
    });
  }

  test('keeps its columns in their places', () => {
    const [renamed] = renameStage(renameOf(['b', 'z']))(columnsOf({ c: '1', b: '2', a: '3' }), moment);
    expect([...(renamed?.keys() ?? [])]).toEqual(['c', 'z', 'a']);
  });
});

describe('a result set', () => {
  test('loses the target of a wildcard in rows that lack the source', () => {
    const rows = tableOf([
      { 'object.kind': 'Event', kind: 'List' },
      { kind: 'List', x: '1' },
    ]);
    const made = renameTableStage(renameOf(['object.*', '*']))(rows, moment);
    expect(writtenRows(made)).toEqual([{ kind: 'Event' }, { x: '1' }]);
    expect(made.map(({ trace }) => trace)).toEqual(rows.map(({ trace }) => trace));
  });

  test('keeps the target of a wildcard if no row has the source', () => {
    const rows = tableOf([{ kind: 'List' }, {}]);
    expect(writtenRows(renameTableStage(renameOf(['object.*', '*']))(rows, moment))).toEqual([
      { kind: 'List' },
      {},
    ]);
  });

  test('nulls the target of an exact pair if no row has the source', () => {
    const rows = tableOf([{ kind: 'List', x: '1' }]);
    expect(writtenRows(renameTableStage(renameOf(['object.kind', 'kind']))(rows, moment))).toEqual([
      { x: '1' },
    ]);
  });
});

test('renaming keeps every value that no other takes the place of', () => {
  let moved = 0;
  const name = fc.constantFrom('a', 'b', 'o.a', 'o.b', 'o.o.a');
  fc.assert(
    fc.property(fc.dictionary(name, fc.constantFrom('1', '2', '3')), (row) => {
      const [made] = renameStage(renameOf(['o.*', 'p.*'], ['b', 'c']))(columnsOf(row), moment);
      const expected = Object.entries(row).map(([from, value]) => [
        from.replace(/^o\./, 'p.').replace(/^b$/, 'c'),
        value,
      ]);
      expect(made && written(made)).toEqual(Object.fromEntries(expected));
      if ('o.a' in row) moved++;
    }),
    { seed: 4, numRuns: 300 },
  );
  expect(moved).toBeGreaterThan(50);
});

test('pairs without wildcards make of a row what they make of a result set of that row alone', () => {
  const outcomes = { moved: 0, lost: 0 };
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const pairs = fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.dictionary(name, fc.constantFrom('1', '2')), pairs, (given, moves) => {
      const rows = tableOf([given]);
      const made = renameStage(renameOf(...moves))(columnsOf(given), moment).map((row) => [...row]);
      const expected = renameTableStage(renameOf(...moves))(rows, moment).map(({ columns }) => [...columns]);
      expect(made).toEqual(expected);
      if ((made[0]?.length ?? 0) < Object.keys(given).length) outcomes.lost++;
      if (made[0]?.some(([to]) => !(to in given))) outcomes.moved++;
    }),
    { seed: 5, numRuns: 1_000 },
  );
  expect(Math.min(outcomes.lost, outcomes.moved)).toBeGreaterThan(50);
});
