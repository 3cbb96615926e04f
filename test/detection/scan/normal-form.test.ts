import { describe, expect, test } from 'vitest';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import { conjunctsOf, holdsOf, pushNegations } from '../../../src/detection/scan/normal-form.ts';

const a: Expr = { kind: 'test', field: { name: 'a', arrays: 'hidden' }, test: { op: 'exists' } };
const b: Expr = { kind: 'test', field: { name: 'b', arrays: 'hidden' }, test: { op: 'exists' } };
const not = (item: Expr): Expr => ({ kind: 'not', item });
const and = (...items: Expr[]): Expr => ({ kind: 'and', items });
const or = (...items: Expr[]): Expr => ({ kind: 'or', items });

describe('negations go down to the tests of', () => {
  for (const [what, expr, expected] of [
    ['a test', a, a],
    ['not a', not(a), not(a)],
    ['not not a', not(not(a)), a],
    ['not (a and b)', not(and(a, b)), or(not(a), not(b))],
    ['not (a or not b)', not(or(a, not(b))), and(not(a), b)],
    ['nothing', not(and()), or()],
  ] as const) {
    test(what, () => expect(pushNegations(expr)).toEqual(expected));
  }
});

test('what all has to hold is listed flat', () => {
  expect(conjunctsOf(and(a, and(b, or(a, b)), and()))).toEqual([a, b, or(a, b)]);
});

describe('of several values', () => {
  for (const [what, expr, expected] of [
    ['a test holds if it holds of some', a, 'some'],
    ['a negated one, of every', not(a), 'every'],
    ['two negated ones, of every', and(not(a), not(b)), 'every'],
    ['one of two negated ones, of every', or(not(a), not(b)), 'every'],
    ['one or a negated one, of some', or(a, not(b)), 'some'],
    ['one and a negated one, of some', and(a, not(b)), 'some'],
    ['two tests may hold of none alone', and(a, b), undefined],
    ['so may one of which one part does', or(a, and(a, b)), undefined],
    ['nothing holds of every', and(), 'every'],
  ] as const) {
    test(what, () => expect(holdsOf(expr)).toBe(expected));
  }
});
