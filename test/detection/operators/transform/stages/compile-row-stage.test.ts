import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRowStage } from '../../../../../src/detection/operators/transform/stages/compile-row-stage.ts';
import type { Columns } from '../../../../../src/detection/operators/transform/table-row.ts';
import type { Stage } from '../../../../../src/detection/plan/transform.ts';
import { columnsOf, moment, written, type Written } from '../table.ts';

const column = (name: string) => ({ kind: 'column', name }) as const;

const stages = [
  { kind: 'filter', where: { kind: 'not', item: { kind: 'or', items: [] } } },
  { kind: 'keep', where: { kind: 'call', name: 'isnotnull', args: [column('a')] } },
  { kind: 'extend', columns: [{ as: 'upper', value: { kind: 'call', name: 'upper', args: [column('a')] } }] },
  { kind: 'extract', column: 'a', pattern: '(?P<first>\\w)', matches: undefined },
  { kind: 'substitute', column: 'a', pattern: 'x', replacement: 'X', occurrence: undefined, fold: false },
  { kind: 'spath', column: 'a', take: undefined },
  { kind: 'fill', columns: ['b'], value: '0' },
  { kind: 'rename', pairs: [{ from: 'first', to: 'f' }] },
  {
    kind: 'lookup',
    table: 'gone',
    match: [{ field: 'a', column: 'a' }],
    output: [{ field: 'c', as: 'c' }],
    overwrite: true,
  },
  { kind: 'locate', column: 'a', prefix: '', all: false },
  { kind: 'expand', column: 'f', limit: undefined },
  { kind: 'project', how: 'drop', columns: ['d*'] },
] as const satisfies readonly Stage[];

const compiled = stages.map(compileRowStage);

const run = (row: Written): readonly Columns[] =>
  compiled.reduce<readonly Columns[]>(
    (rows, stage) => rows.flatMap((columns) => stage(columns, moment)),
    [columnsOf(row)],
  );

test('a row goes through stages of every kind that looks at one row', () => {
  expect(run({ a: 'x y', c: 'gone', dd: 'gone' }).map(written)).toEqual([
    { a: 'X y', b: '0', upper: 'X Y', f: 'x' },
    { a: 'X y', b: '0', upper: 'X Y', f: 'y' },
  ]);
  expect(run({ b: '1' })).toEqual([]);
});

describe('a stage that needs all rows of a window', () => {
  for (const stage of [
    { kind: 'fill', columns: undefined, value: '0' },
    { kind: 'stats', by: [], measures: [], join: false, distinct: false },
    { kind: 'dedup', count: 1, by: ['a'], keepEmpty: false, consecutive: false, order: [] },
    { kind: 'sort', keys: [], limit: undefined },
    { kind: 'head', count: 1 },
    {
      kind: 'rank',
      order: 'top',
      columns: ['a'],
      by: [],
      limit: 1,
      countAs: undefined,
      percentAs: undefined,
    },
  ] as const satisfies readonly Stage[]) {
    test(`"${stage.kind}" is a bug of whoever asks for it`, () => {
      expect(() => compileRowStage(stage)).toThrow(/^bug: .* was to look at one row/);
    });
  }
});

test('whatever a row holds, no stage throws, changes it in place, or leaves a column empty', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'dd', 'first', 'f');
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.constantFrom('', '\ud800', '10.0.0.1'));
  const outcomes = { kept: 0, dropped: 0 };
  fc.assert(
    fc.property(fc.dictionary(name, fc.array(value, { minLength: 1, maxLength: 3 })), (row) => {
      const before = JSON.stringify(row);
      const made = run(row);
      expect(JSON.stringify(row)).toBe(before);
      // A column without a value is not there.
      expect(made.some((columns) => [...columns.values()].some(({ length }) => length === 0))).toBe(false);
      outcomes[made.length > 0 ? 'kept' : 'dropped']++;
    }),
    { seed: 10, numRuns: 250 },
  );
  expect(Math.min(outcomes.kept, outcomes.dropped)).toBeGreaterThan(20);
});
