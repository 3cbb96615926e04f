import type { Expr, Test } from './expr.ts';
import { exprText } from './print-expr.ts';

/**
 * Alternatives in which tests of lists are put together where field, operator and case rule are the same:
 * `verb=get OR verb=list` is one test, where the first of them stood. Linear, and takes items one at a time: a search
 * may hold 100,000 of them.
 */
export function joinTests(items: Iterable<Expr>): readonly Expr[] {
  const joined: Expr[] = [];
  const lists = new Map<
    string,
    { readonly place: number; readonly test: ListTest; readonly values: Set<string> }
  >();
  for (const item of items) {
    if (!hasList(item)) {
      joined.push(item);
      continue;
    }
    const key = textKey({ ...item, test: withValues(item.test, []) });
    const list = lists.get(key) ?? { place: joined.length, test: item, values: new Set() };
    if (list.values.size === 0) {
      lists.set(key, list);
      joined.push(item);
    }
    for (const value of valuesOf(item.test)) list.values.add(value);
  }
  for (const { place, test, values } of lists.values())
    joined[place] = { ...test, test: withValues(test.test, [...values]) };
  return joined;
}

type ListTest = Expr & { readonly kind: 'test' };

const hasList = (item: Expr): item is ListTest => item.kind === 'test' && valuesOf(item.test).length > 0;

/** The same for equal expressions, and different for others. */
export const textKey = (expr: Expr): string => JSON.stringify(exprText(expr));

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
