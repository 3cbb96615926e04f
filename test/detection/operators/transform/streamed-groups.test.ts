import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Group } from '../../../../src/detection/operators/group.ts';
import { defaultLimits } from '../../../../src/detection/operators/limits.ts';
import { CompiledStats } from '../../../../src/detection/operators/transform/compiled-stats.ts';
import { StreamedGroups } from '../../../../src/detection/operators/transform/streamed-groups.ts';
import { Tail } from '../../../../src/detection/operators/transform/tail.ts';
import type { Fill, Project, Rename, Stage } from '../../../../src/detection/plan/transform.ts';
import { noReferences } from '../../../../src/detection/reference.ts';
import { count, fill, rename, statistic, stats } from '../../search-fixture.ts';
import { columnsOf, moment, written, type Written } from './table.ts';

const compiled = new CompiledStats(
  stats(['a', 'b'], [count, statistic('values', 'x', { as: 'c' }), statistic('min', 'y', { as: 'd' })]),
  defaultLimits,
);

const groupsOf = (stages: readonly Stage[]): StreamedGroups =>
  new StreamedGroups(compiled, new Tail(stages, 0, noReferences));

/** The group of one row. */
function groupOf(row: Written): Group {
  const columns = columnsOf(row);
  const values = ['a', 'b'].map((name) => columns.get(name) ?? []);
  const trace = { from: '0', to: '0', events: 1, evidence: [], origin: null };
  return compiled.part(compiled.measuresOf(columns, 0n, moment), 1, values, trace);
}

/** The columns that several rows leave as, together. */
function leaving(stages: readonly Stage[], rows: readonly Written[]): Written {
  const groups = rows.map(groupOf);
  const all = [0, 1].map((index) => [...new Set(groups.flatMap(({ values }) => values[index] ?? []))]);
  const left = groups.map((group) => ({ group, values: group.values }));
  return written(groupsOf(stages).columns(left, all, 0n));
}

/** Every row gets through it, one by one. */
const rowByRow: Stage = { kind: 'filter', where: { kind: 'and', items: [] } };

const name = fc.constantFrom('a', 'b', 'c', 'd', 'count');
const pattern = fc.constantFrom(...(['a', 'b', 'c', 'd', 'count', '*', 'c*'] as const));
const pair = fc.oneof(fc.tuple(name, name), fc.constantFrom(['*', 'x.*'], ['c*', 'a*'], ['x.*', '*']));
const stage: fc.Arbitrary<Stage> = fc.oneof(
  fc
    .array(pair, { minLength: 1, maxLength: 3 })
    .map((pairs): Rename => rename(...pairs.map(([from = '', to = '']) => [from, to] as const))),
  fc.record({
    kind: fc.constant('project' as const),
    how: fc.constantFrom<Project['how'][]>('keep', 'table', 'drop'),
    columns: fc.array(pattern, { minLength: 1, maxLength: 4 }),
  }),
  fc.array(name, { maxLength: 2 }).map((columns): Fill => ({ ...fill, columns })),
);

const value = fc.constantFrom('1', '2', '10', '');
const row: fc.Arbitrary<Written> = fc.record(
  { a: value, b: value, x: fc.array(value, { minLength: 1, maxLength: 3 }), y: value },
  { requiredKeys: ['a', 'b'] },
);

describe('groups that leave together', () => {
  test('leave with the same columns whether their rows are joined before the last stages or behind them', () => {
    const outcomes = { joined: 0, 'row by row': 0 };
    fc.assert(
      fc.property(
        fc.array(stage, { maxLength: 3 }),
        fc.uniqueArray(row, { selector: ({ a, b }) => JSON.stringify([a, b]), minLength: 1, maxLength: 4 }),
        (stages, rows) => {
          outcomes[groupsOf(stages).satisfyAlways ? 'joined' : 'row by row']++;
          expect(groupsOf([...stages, rowByRow]).satisfyAlways).toBe(false);
          expect(leaving(stages, rows)).toEqual(leaving([...stages, rowByRow], rows));
        },
      ),
      { seed: 21, numRuns: 1_000 },
    );
    expect(Math.min(outcomes.joined, outcomes['row by row'])).toBeGreaterThan(200);
  });
});
