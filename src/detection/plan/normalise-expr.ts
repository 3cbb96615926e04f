import { unreachable } from '../../util/assert.ts';
import { allOf, anyOf } from './combine.ts';
import type { Expr, Test } from './expr.ts';
import { joinTests, textKey, valuesOf, withValues } from './join-tests.ts';

/**
 * An equivalent expression: nested "and" and "or" flattened, what is always true or false worked out, double
 * negation removed, tests of one field that differ in their values only made one, items and values sorted and each
 * there once. `{and: []}` is true, `{or: []}` false.
 */
export function normaliseExpr(expr: Expr): Expr {
  switch (expr.kind) {
    case 'test':
      return normaliseFieldTest(expr);
    case 'not':
      return negated(normaliseExpr(expr.item));
    case 'and':
    case 'or':
      return normaliseItems(expr.kind, expr.items.map(normaliseExpr));
    default:
      return unreachable(expr);
  }
}

/** True for `{and: []}`, which holds for every row. */
export const isAlways = (expr: Expr): boolean => isConstant(expr) && expr.kind === 'and';

function negated(item: Expr): Expr {
  if (item.kind === 'not') return item.item;
  if (isConstant(item)) return item.kind === 'and' ? anyOf([]) : allOf([]);
  return { kind: 'not', item };
}

function normaliseItems(kind: 'and' | 'or', items: readonly Expr[]): Expr {
  const flat = items.flatMap((item) => (item.kind === kind ? item.items : [item]));
  // Only the other constant is left after flattening: false in an "and", true in an "or".
  const absorbing = flat.find(isConstant);
  if (absorbing) return absorbing;
  const byText = new Map<string, Expr>();
  for (const item of kind === 'or' ? joinTests(flat).map(normaliseJoined) : flat)
    byText.set(textKey(item), item);
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  return kind === 'and' ? allOf(sorted) : anyOf(sorted);
}

const normaliseJoined = (item: Expr): Expr =>
  item.kind === 'test' ? { ...item, test: normaliseTest(item.test) } : item;

const isConstant = (expr: Expr): expr is Extract<Expr, { items: unknown }> =>
  (expr.kind === 'and' || expr.kind === 'or') && expr.items.length === 0;

/** A value passes `fails` of `fails` if it passes the test itself; none is there that does not exist. */
function normaliseFieldTest(expr: Expr & { readonly kind: 'test' }): Expr {
  const { test } = expr;
  if (test.op !== 'fails') return { ...expr, test: normaliseTest(test) };
  if (test.test.op === 'fails') return normaliseFieldTest({ ...expr, test: test.test.test });
  if (test.test.op === 'exists') return anyOf([]);
  return { ...expr, test: { op: 'fails', test: normaliseTest(test.test) } };
}

function normaliseTest(test: Test): Test {
  const folded = 'fold' in test && test.fold;
  const values = valuesOf(test).map((value) => (folded ? value.toLowerCase() : value));
  if (folded && 'text' in test) return { ...test, text: test.text.toLowerCase() };
  return withValues(test, [...new Set(values)].sort());
}
