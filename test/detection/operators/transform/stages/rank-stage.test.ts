import { describe, expect, test } from 'vitest';
import type { Rank } from '../../../../../src/detection/plan/transform.ts';
import { rankStage } from '../../../../../src/detection/operators/transform/stages/rank-stage.ts';
import { moment, tableOf, writtenRows, type Written } from '../table.ts';

const top: Rank = {
  kind: 'rank',
  order: 'top',
  columns: ['a'],
  by: [],
  limit: undefined,
  countAs: 'count',
  percentAs: 'percent',
};

const ranked = (stage: Partial<Rank>, rows: readonly Written[]): readonly Written[] =>
  writtenRows(rankStage({ ...top, ...stage })(tableOf(rows), moment));

const letters = ['x', 'y', 'x', 'z', 'x', 'y'].map((a) => ({ a }));
const x = { a: 'x', count: '3', percent: '50.000000' };
const y = { a: 'y', count: '2', percent: '33.333333' };
const z = { a: 'z', count: '1', percent: '16.666667' };

describe('ranking', () => {
  for (const [name, stage, rows, expected] of [
    ['the most frequent first', {}, letters, [x, y, z]],
    ['the least frequent first', { order: 'rare' }, letters, [z, y, x]],
    ['only so many of them, the percentage of all', { limit: 2 }, letters, [x, y]],
    [
      'without count and percentage',
      { countAs: undefined, percentAs: undefined, limit: 1 },
      letters,
      [{ a: 'x' }],
    ],
    [
      'under other names',
      { countAs: 'n', percentAs: 'p', limit: 1 },
      letters,
      [{ a: 'x', n: '3', p: '50.000000' }],
    ],
    [
      'no row that lacks the column (trap 42)',
      {},
      [{ b: '1' }, { a: 'x' }],
      [{ a: 'x', count: '1', percent: '100.000000' }],
    ],
    ['no rows at all', {}, [], []],
    [
      'each of several values, one that stands twice twice',
      {},
      [{ a: ['x', 'y', 'x'] }],
      [
        { a: 'x', count: '2', percent: '66.666667' },
        { a: 'y', count: '1', percent: '33.333333' },
      ],
    ],
    [
      'equal counts in the order of their values',
      { percentAs: undefined },
      [{ a: 'b' }, { a: 'B' }, { a: '10' }, { a: '9' }],
      ['10', '9', 'B', 'b'].map((a) => ({ a, count: '1' })),
    ],
    [
      'combinations of columns',
      { columns: ['a', 'b'], percentAs: undefined },
      [{ a: 'x', b: '1' }, { a: 'x' }, { a: 'x', b: ['1', '2'] }],
      [
        { a: 'x', b: '1', count: '2' },
        { a: 'x', b: '2', count: '1' },
      ],
    ],
    [
      'in each group, with the percentage of the group',
      { by: ['g'], limit: 1 },
      [{ g: '2', a: 'x' }, { g: '1', a: 'y' }, { g: '2', a: 'x' }, { g: '2', a: 'y' }, { a: 'y' }],
      [
        { g: '1', a: 'y', count: '1', percent: '100.000000' },
        { g: '2', a: 'x', count: '2', percent: '66.666667' },
      ],
    ],
  ] as const satisfies readonly (readonly [
    string,
    Partial<Rank>,
    readonly Written[],
    readonly Written[],
  ])[]) {
    test(name, () => {
      expect(ranked(stage, rows)).toEqual(expected);
    });
  }
});

test('a row stands for all events that it was counted from, each once', () => {
  const [first] = rankStage(top)(tableOf([{ a: ['x', 'x'] }, { a: 'y' }, { a: ['x', 'y'] }]), moment);
  expect(first?.columns.get('count')).toEqual(['3']);
  expect(first?.trace).toMatchObject({ from: '0', to: '2', events: 2, origin: ['context 0', 'resource'] });
  expect(first?.trace.evidence.map(([, id]) => id)).toEqual(['line 0', 'line 2']);
});

test('rows with countless combinations end, and push out no other', () => {
  const many = (letter: string): readonly string[] =>
    Array.from({ length: 2_000 }, (_, index) => `${letter}${index}`);
  const rows = tableOf([
    { a: many('a'), b: many('b') },
    { a: 'x', b: 'y' },
  ]);
  const stage = rankStage({ ...top, columns: ['a', 'b'], order: 'rare', limit: undefined });
  const made = stage(rows, moment);
  expect(made).toHaveLength(10_001);
  expect(made.at(-1)?.columns.get('a')).toEqual(['x']);
});
