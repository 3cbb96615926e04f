import { describe, expect, test } from 'vitest';
import { modeProblem } from '../../../src/detection/plan/mode-problem.ts';
import type { Stage, Statistic, Transform } from '../../../src/detection/plan/transform.ts';

const transform = (...stages: Stage[]): Transform => ({
  kind: 'transform',
  schedule: { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' },
  stages,
});
const measure = (of: Statistic['of']): Statistic => ({
  as: of,
  of,
  value: { kind: 'column', name: 'a' },
  percent: undefined,
});
const stats = (...measures: Statistic[]): Stage => ({
  kind: 'stats',
  by: ['a'],
  measures,
  join: false,
  distinct: false,
});
const fill: Stage = { kind: 'fill', columns: undefined, value: '0' };
const wildcard: Stage = { kind: 'rename', pairs: [{ from: 'a.*', to: '*' }] };
const keep: Stage = { kind: 'keep', where: { kind: 'column', name: 'a' } };
const expand: Stage = { kind: 'expand', column: 'a', limit: undefined };
const sort = (limit?: number): Stage => ({
  kind: 'sort',
  keys: [{ column: 'a', descending: true, as: 'auto' }],
  limit,
});
const rank = (order: 'top' | 'rare'): Stage => ({
  kind: 'rank',
  order,
  columns: ['a'],
  by: [],
  limit: 10,
  countAs: 'count',
  percentAs: 'percent',
});
const dedup: Stage = {
  kind: 'dedup',
  count: 1,
  by: ['a'],
  keepEmpty: false,
  consecutive: false,
  order: [],
};

describe('streaming', () => {
  test.each<[string, Stage[]]>([
    ['no stage at all', []],
    ['rows that go their own way', [keep, wildcard, expand, fill]],
    ['one stats among such stages', [fill, keep, stats(measure('count')), wildcard, fill, keep]],
    ['an order that shows nowhere', [sort(), stats(measure('values')), sort()]],
    ['an order behind what looks at it', [stats(measure('list')), sort()]],
  ])('runs %s', (_, stages) => {
    expect(modeProblem('streaming', transform(...stages))).toBeUndefined();
  });

  test.each<[string, Stage[]]>([
    ['a second "stats"', [stats(), keep, stats()]],
    ['"eventstats"', [{ ...stats(), join: true } as Stage]],
    ['"top" ranks all rows', [rank('top')]],
    ['"rare" ranks all rows', [rank('rare')]],
    ['"head" takes the first', [{ kind: 'head', count: 5 }]],
    ['"dedup" keeps the newest', [dedup]],
    ['"sort" lets only 10000 rows', [sort(10_000)]],
    ['"sort" decides what "first" holds', [sort(), stats(measure('count'), measure('first'))]],
    ['"mvexpand" behind "stats"', [stats(), expand]],
  ])('does not run where %s ...', (reason, stages) => {
    const problem = modeProblem('streaming', transform(...stages));
    expect(problem).toContain(reason);
    expect(problem).toMatch(/when (?:it|the window) closes/);
  });
});

test('scheduled runs any transform', () => {
  expect(modeProblem('scheduled', transform(rank('top'), dedup, sort(3), stats(), stats()))).toBeUndefined();
});

test('scheduled does not run a window that never closes', () => {
  const window = { kind: 'sliding', length: 60_000, lateness: 0 } as const;
  const step = { kind: 'aggregate', by: [], measures: [], window, emit: 'first' } as const;
  expect(modeProblem('scheduled', step)).toContain('never closes');
  expect(modeProblem('streaming', step)).toBeUndefined();
});
