import type { Expr, Test } from './expr.ts';
import { exprText } from './print-expr.ts';

/**
 * Alternatives in which tests of lists are put together where field, operator and case rule are the same:
 * `verb=get OR verb=list` is one test. Every other item is there once; in the order of their first. Linear.
 */
export function joinTests(items: readonly Expr[]): readonly Expr[] {
  const groups = new Map<string, Expr[]>();
  for (const item of items) {
    const key = textKey(item.kind === 'test' ? { ...item, test: withValues(item.test, []) } : item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups.values()].flatMap(union);
}

/** The same for equal expressions, and different for others. */
export const textKey = (expr: Expr): string => JSON.stringify(exprText(expr));

function union(group: readonly Expr[]): readonly Expr[] {
  const [first] = group;
  if (first?.kind !== 'test' || group.length === 1) return group.slice(0, 1);
  const values = group.flatMap((item) => (item.kind === 'test' ? valuesOf(item.test) : []));
  return [{ ...first, test: withValues(first.test, [...new Set(values)]) }];
}

/** What a test has a list of; empty for one without a list. */
export function valuesOf(test: Test): readonly string[] {
  if (test.op === 'glob') return test.patterns;
  if (test.op === 'cidr') return test.networks;
  return 'values' in test ? test.values : [];
}

/** The test with other values; a test without a list as it is. */
export function withValues(test: Test, values: readonly string[]): Test {
  if (test.op === 'glob') return { ...test, patterns: values };
  if (test.op === 'cidr') return { ...test, networks: values };
  return 'values' in test ? { ...test, values } : test;
}
