import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultLimits } from '../../../src/detection/operators/limits.ts';
import { emptyTrace } from '../../../src/detection/operators/transform/empty-trace.ts';
import { compileTableStage } from '../../../src/detection/operators/transform/stages/compile-table-stage.ts';
import type { Columns, Moment, TableRow } from '../../../src/detection/operators/transform/table-row.ts';
import type { Calc } from '../../../src/detection/plan/calc.ts';
import { neededColumns } from '../../../src/detection/plan/needed-columns.ts';
import type { Stage } from '../../../src/detection/plan/transform.ts';
import { noReferences } from '../../../src/detection/reference.ts';
import { record } from './arbitraries.ts';

const at: Moment = { now: 0n, references: noReferences };
const name = fc.constantFrom('a', 'b', 'o.a', 'o.b', 'o.o.a');
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 2 });
const column = name.map((name): Calc => ({ kind: 'column', name }));
const values = fc.array(fc.constantFrom('1', '2', 'x'), { minLength: 1, maxLength: 2 });
const rows = fc.array(
  fc.dictionary(name, values, { maxKeys: 5 }).map((source): Columns => new Map(Object.entries(source))),
  { minLength: 1, maxLength: 4 },
);
const one = <T>(value: T): fc.Arbitrary<T> => fc.constant(value);

const measure = record({
  as: fc.constantFrom('m', 'n'),
  of: fc.constantFrom('count', 'values', 'first'),
  value: column,
  percent: one(undefined),
});
const stats = (join: fc.Arbitrary<boolean>): fc.Arbitrary<Stage> =>
  record({
    kind: one('stats' as const),
    by: names,
    measures: fc.uniqueArray(measure, { selector: ({ as }) => as, maxLength: 2 }),
    join,
    distinct: one(false),
  });
const project = (how: 'keep' | 'drop' | 'table'): fc.Arbitrary<Stage> =>
  fc
    .array(fc.oneof(name, fc.constantFrom('o.*', '*a', 'm')), { minLength: 1, maxLength: 3 })
    .map((columns) => ({ kind: 'project', how, columns }));

const pair = fc.oneof(
  record({ from: name, to: name }),
  fc.constantFrom({ from: 'o.*', to: '*' }, { from: '*', to: 'o.*' }, { from: '*.*', to: '*_*' }),
);
const sortKey = record({ column: name, descending: fc.boolean(), as: one('auto' as const) });

const stage: fc.Arbitrary<Stage> = fc.oneof(
  record({
    kind: one('filter' as const),
    where: name.map((name) => ({
      kind: 'test' as const,
      field: { name, arrays: 'marked' as const },
      test: { op: 'equals' as const, values: ['1', 'x'], fold: true },
    })),
  }),
  record({
    kind: one('extend' as const),
    columns: fc.array(record({ as: name, value: column }), { maxLength: 2 }),
  }),
  record({ kind: one('fill' as const), columns: fc.option(names, { nil: undefined }), value: one('0') }),
  record({ kind: one('rename' as const), pairs: fc.array(pair, { minLength: 1, maxLength: 2 }) }),
  record({ kind: one('extract' as const), column: name, pattern: one('(?P<a>[12])'), matches: one(1) }),
  record({ kind: one('expand' as const), column: name, limit: one(undefined) }),
  record({
    kind: one('dedup' as const),
    count: one(1),
    by: names,
    keepEmpty: fc.boolean(),
    consecutive: fc.boolean(),
    order: fc.array(sortKey, { maxLength: 1 }),
  }),
  record({
    kind: one('sort' as const),
    keys: fc.array(sortKey, { minLength: 1, maxLength: 2 }),
    limit: one(2),
  }),
  record({ kind: one('head' as const), count: one(2) }),
  stats(one(true)),
  project('keep'),
  project('drop'),
);

function run(stages: readonly Stage[], columns: readonly Columns[]): unknown {
  const trace = emptyTrace(at);
  const given = columns.map((columns): TableRow => ({ columns, trace }));
  const found = stages.reduce(
    (rows, stage) => compileTableStage(stage, defaultLimits)(rows, at),
    given as readonly TableRow[],
  );
  return found.map(({ columns }) => [...columns].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test('rows that bring only what is needed give the same result', () => {
  let [narrowed, any, found] = [0, 0, 0];
  const last = fc.oneof(stats(one(false)), project('table'));
  fc.assert(
    fc.property(fc.array(stage, { maxLength: 4 }), last, rows, (before, end, given) => {
      const stages = [...before, end];
      const needed = neededColumns(stages);
      if (needed === 'all') return void any++;
      const some = given.map((row) => new Map([...row].filter(([name]) => needed.has(name))));
      if (some.some((row, index) => row.size < (given[index]?.size ?? 0))) narrowed++;
      const expected = run(stages, given);
      if (Array.isArray(expected) && expected.length > 0) found++;
      expect(run(stages, some)).toEqual(expected);
    }),
    { seed: 53, numRuns: 2_000 },
  );
  expect(Math.min(narrowed, any, found)).toBeGreaterThan(100);
});
