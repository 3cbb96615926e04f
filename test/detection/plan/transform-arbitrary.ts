import fc from 'fast-check';
import { calcFunctions, isCalcName } from '../../../src/detection/plan/calc-functions.ts';
import type { Calc } from '../../../src/detection/plan/calc.ts';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import { isStatisticName, statistics } from '../../../src/detection/plan/statistics.ts';
import type { SortKey, Stage, Transform } from '../../../src/detection/plan/transform.ts';
import { flag, number, optional, record, text, texts } from './arbitraries.ts';

const calcNames = Object.keys(calcFunctions).filter(isCalcName);
const statisticNames = Object.keys(statistics).filter(isStatisticName);

/** Values of any shape; arguments need not be what a function takes. */
const anyCalc: fc.Arbitrary<Calc> = fc.letrec<{ calc: Calc }>((tie) => ({
  calc: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    record({ kind: fc.constant('column' as const), name: text }),
    record({ kind: fc.constant('text' as const), value: text }),
    record({ kind: fc.constant('number' as const), value: number }),
    record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom(...calcNames),
      args: fc.array(tie('calc'), { maxLength: 3 }),
    }),
  ),
})).calc;

const count = fc.integer({ min: 1, max: 1_000 });
const limit = optional(count);
const sortKey: fc.Arbitrary<SortKey> = record({
  column: text,
  descending: flag,
  as: fc.constantFrom('auto', 'number', 'text', 'address'),
});
const sortKeys = fc.array(sortKey, { maxLength: 2 });
const statistic = record({
  as: text,
  of: fc.constantFrom(...statisticNames),
  value: optional(anyCalc),
  percent: optional(number),
});

const kind = <K extends Stage['kind']>(name: K): fc.Arbitrary<K> => fc.constant(name);

/** A stage of each kind, its conditions from `exprs`. */
export const stageOf = (exprs: fc.Arbitrary<Expr>): fc.Arbitrary<Stage> =>
  fc.oneof(
    record({ kind: kind('filter'), where: exprs }),
    record({ kind: kind('keep'), where: anyCalc }),
    record({
      kind: kind('extend'),
      columns: fc.array(record({ as: text, value: anyCalc }), { maxLength: 2 }),
    }),
    record({ kind: kind('extract'), column: text, pattern: text, matches: limit }),
    record({
      kind: kind('substitute'),
      column: text,
      pattern: text,
      replacement: text,
      occurrence: limit,
      fold: flag,
    }),
    record({ kind: kind('spath'), column: text, take: optional(record({ path: text, as: text })) }),
    record({ kind: kind('fill'), columns: optional(texts), value: text }),
    record({ kind: kind('rename'), pairs: fc.array(record({ from: text, to: text }), { maxLength: 2 }) }),
    record({
      kind: kind('lookup'),
      table: text,
      match: fc.array(record({ field: text, column: text }), { maxLength: 2 }),
      output: optional(fc.array(record({ field: text, as: text }), { maxLength: 2 })),
      overwrite: flag,
    }),
    record({ kind: kind('locate'), column: text, prefix: text, all: flag }),
    record({
      kind: kind('stats'),
      by: texts,
      measures: fc.array(statistic, { maxLength: 3 }),
      join: flag,
      distinct: flag,
    }),
    record({ kind: kind('dedup'), count, by: texts, keepEmpty: flag, consecutive: flag, order: sortKeys }),
    record({ kind: kind('sort'), keys: sortKeys, limit }),
    record({ kind: kind('head'), count }),
    record({
      kind: kind('rank'),
      order: fc.constantFrom('top', 'rare'),
      columns: texts,
      by: texts,
      limit,
      countAs: optional(text),
      percentAs: optional(text),
    }),
    record({ kind: kind('project'), how: fc.constantFrom('keep', 'drop', 'table'), columns: texts }),
    record({ kind: kind('expand'), column: text, limit }),
  );

export const transformOf = (exprs: fc.Arbitrary<Expr>): fc.Arbitrary<Transform> =>
  record({
    kind: fc.constant('transform' as const),
    schedule: record({ cron: text, earliest: text, latest: text }),
    stages: fc.array(stageOf(exprs), { maxLength: 4 }),
  });
