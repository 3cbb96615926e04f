import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePredicate } from '../../../src/detection/operators/predicate.ts';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import type { FieldRef } from '../../../src/detection/plan/field.ts';
import { normaliseExpr } from '../../../src/detection/plan/normalise-expr.ts';
import { normalisePlan } from '../../../src/detection/plan/normalise-plan.ts';
import { parsePlan } from '../../../src/detection/plan/parse-plan.ts';
import { printPlan } from '../../../src/detection/plan/print-plan.ts';
import { record } from './arbitraries.ts';
import { anyPlan, exprOf } from './plan-arbitrary.ts';

const word = fc.constantFrom('a', 'A', 'b', 'ab', 'ΑΣ', 'İ');
const words = fc.array(word, { minLength: 1, maxLength: 3 });
const plainTest: fc.Arbitrary<Test> = fc.oneof(
  fc.constant<Test>({ op: 'exists' }),
  record({
    op: fc.constantFrom('equals', 'contains', 'starts_with', 'ends_with'),
    values: words,
    fold: fc.boolean(),
  }),
  record({
    op: fc.constant('glob' as const),
    patterns: fc.array(fc.constantFrom('a*', '?', 'B'), { minLength: 1 }),
    fold: fc.boolean(),
  }),
  record({
    op: fc.constantFrom('word', 'phrase', 'term'),
    text: fc.constantFrom('a', 'A', 'ab'),
    fold: fc.boolean(),
  }),
  record({ op: fc.constant('order' as const), comparison: fc.constantFrom('<', '>='), value: word }),
);
const someTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 6, arbitrary: plainTest },
  { weight: 1, arbitrary: plainTest.map((test): Test => ({ op: 'fails', test })) },
  { weight: 1, arbitrary: plainTest.map((test): Test => ({ op: 'fails', test: { op: 'fails', test } })) },
);
const field: fc.Arbitrary<FieldRef> = record({
  name: fc.constantFrom('x', 'y'),
  arrays: fc.constant('hidden'),
});
const expr = exprOf(someTest, field);

/** The same expression in other words: items turned around and repeated, wrapped and doubly negated. */
function reworded(item: Expr): Expr {
  switch (item.kind) {
    case 'and':
    case 'or': {
      const items = item.items.map(reworded).reverse();
      return {
        kind: item.kind,
        items: [...items, { kind: item.kind, items: items.slice(0, 1) }],
      };
    }
    case 'not':
      return { kind: 'not', item: { kind: 'not', item: { kind: 'not', item: reworded(item.item) } } };
    default:
      return { kind: 'or', items: [item, item] };
  }
}

describe('the normal form of an expression', () => {
  test('holds for exactly the same rows', () => {
    let [held, failed] = [0, 0];
    const values = fc.array(fc.constantFrom('a', 'A', 'ab', 'B', 'ας', 'i̇'), { maxLength: 2 });
    fc.assert(
      fc.property(expr, values, values, (item, x, y) => {
        const texts = ({ name }: FieldRef): readonly string[] => (name === 'x' ? x : y);
        const outcome = compilePredicate(item)(texts);
        if (outcome) held++;
        else failed++;
        expect(compilePredicate(normaliseExpr(item))(texts)).toBe(outcome);
      }),
      { seed: 42, numRuns: 1_000 },
    );
    expect(Math.min(held, failed)).toBeGreaterThan(100);
  });

  test('stays as it is when it is made once more', () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const once = normalisePlan(plan);
        expect(normalisePlan(once)).toStrictEqual(once);
      }),
      { seed: 43, numRuns: 300 },
    );
  });

  test('is the same for the same expression in other words', () => {
    fc.assert(
      fc.property(expr, (item) => {
        expect(normaliseExpr(reworded(item))).toStrictEqual(normaliseExpr(item));
      }),
      { seed: 44, numRuns: 500 },
    );
  });
});

test('plans that differ in letter case, order, grouping and phase only print equally', () => {
  const test = (values: string[]): Expr => ({
    kind: 'test',
    field: { name: 'verb', arrays: 'hidden' },
    test: { op: 'equals', values, fold: true },
  });
  const plan = parsePlan('id: a\ntitle: b\nmode: streaming\nwhere: {and: []}\n');
  const window = { kind: 'tumbling', every: 3_600_000, lateness: 0 } as const;
  const rest = { kind: 'aggregate', by: [], measures: [], emit: 'first' } as const;
  const one = {
    ...plan,
    where: test(['Create', 'patch']),
    steps: [{ ...rest, window: { ...window, offset: 600_000 } }],
  };
  const other = {
    ...plan,
    where: { kind: 'or', items: [test(['PATCH']), { kind: 'and', items: [test(['create'])] }] } as const,
    steps: [{ ...rest, window: { ...window, offset: 4_200_000 } }],
  };
  expect(printPlan(normalisePlan(one))).toBe(printPlan(normalisePlan(other)));
});

test('a filter that every row passes is no stage, and others are in normal form', () => {
  const plan = parsePlan(`
id: a
title: b
mode: scheduled
where: {and: []}
steps:
  - transform:
      schedule: {cron: 0 * * * *, earliest: -70m@m, latest: -10m@m}
      stages:
        - filter: {or: [{and: []}, {field: verb, exists: true}]}
        - filter: {not: {not: {field: verb, equals: [B, a]}}}
        - head: 3
`);
  expect(printPlan(normalisePlan(plan)).split('stages:')[1]).toBe(`
        - filter:
            field: verb
            equals:
              - a
              - b
        - head: 3
`);
});

test('a hundred thousand alternatives become one test', () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `name-${String(index).padStart(6, '0')}`);
  const items = names.map((name): Expr => ({
    kind: 'test',
    field: { name: 'x', arrays: 'marked' },
    test: { op: 'equals', values: [name], fold: true },
  }));
  expect(normaliseExpr({ kind: 'or', items })).toStrictEqual({
    kind: 'test',
    field: { name: 'x', arrays: 'marked' },
    test: { op: 'equals', values: names, fold: true },
  });
});
