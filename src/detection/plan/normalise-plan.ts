import { unreachable } from '../../util/assert.ts';
import { allOf, anyOf } from './combine.ts';
import type { Expr, Test } from './expr.ts';
import type { Plan, Step } from './plan.ts';
import { exprText } from './print-plan.ts';

/** The same plan in normal form: detections that say the same in other words become equal plans. Idempotent. */
export function normalisePlan(plan: Plan): Plan {
  return { ...plan, where: normaliseExpr(plan.where), steps: plan.steps.map(normaliseStep) };
}

function normaliseStep(step: Step): Step {
  switch (step.kind) {
    case 'allow':
      return {
        ...step,
        entries: step.entries.map((entry) => ({ ...entry, where: normaliseExpr(entry.where) })),
      };
    case 'aggregate': {
      const { window } = step;
      if (window.kind !== 'tumbling') return step;
      const offset = ((window.offset % window.every) + window.every) % window.every;
      return { ...step, window: { ...window, offset } };
    }
    case 'having':
      return { ...step, where: normaliseExpr(step.where) };
    case 'suppress':
      return { ...step, by: distinct(step.by) };
    default:
      return unreachable(step);
  }
}

/**
 * An equivalent expression: nested "and" and "or" flattened, what is always true or false worked out, double
 * negation removed, tests of one field that differ in their values only made one, items and values sorted and each
 * there once. `{and: []}` is true, `{or: []}` false.
 */
export function normaliseExpr(expr: Expr): Expr {
  switch (expr.kind) {
    case 'test':
      return { ...expr, test: normaliseTest(expr.test) };
    case 'not':
      return negated(normaliseExpr(expr.item));
    case 'and':
    case 'or':
      return normaliseItems(expr.kind, expr.items.map(normaliseExpr));
    default:
      return unreachable(expr);
  }
}

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
  for (const item of kind === 'or' ? joined(flat) : flat) byText.set(keyOf(item), item);
  const sorted = [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  return kind === 'and' ? allOf(sorted) : anyOf(sorted);
}

const keyOf = (expr: Expr): string => JSON.stringify(exprText(expr));

const isConstant = (expr: Expr): expr is Extract<Expr, { items: unknown }> =>
  (expr.kind === 'and' || expr.kind === 'or') && expr.items.length === 0;

/** Alternatives with tests of lists put together where field, operator and case rule are the same. */
function joined(items: readonly Expr[]): readonly Expr[] {
  const groups = new Map<string, Expr>();
  for (const item of items) {
    const key = keyOf(item.kind === 'test' ? { ...item, test: withValues(item.test, []) } : item);
    const before = groups.get(key);
    groups.set(key, before ? union(before, item) : item);
  }
  return [...groups.values()];
}

function union(a: Expr, b: Expr): Expr {
  if (a.kind !== 'test' || b.kind !== 'test') return a;
  return { ...a, test: withValues(a.test, distinct([...valuesOf(a.test), ...valuesOf(b.test)])) };
}

function valuesOf(test: Test): readonly string[] {
  if (test.op === 'glob') return test.patterns;
  if (test.op === 'cidr') return test.networks;
  return 'values' in test ? test.values : [];
}

/** The test with other values; a test without a list as it is. */
function withValues(test: Test, values: readonly string[]): Test {
  if (test.op === 'glob') return { ...test, patterns: values };
  if (test.op === 'cidr') return { ...test, networks: values };
  return 'values' in test ? { ...test, values } : test;
}

function normaliseTest(test: Test): Test {
  const folded = 'fold' in test && test.fold;
  const values = valuesOf(test).map((value) => (folded ? value.toLowerCase() : value));
  return withValues(test, distinct(values));
}

/** Each text once, sorted by UTF-16 code unit. */
const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
