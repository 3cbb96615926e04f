import { RE2JS } from 're2js';
import { assert, unreachable } from '../../util/assert.ts';
import type { Expr, Test } from '../plan/expr.ts';
import type { FieldRef } from '../plan/field.ts';
import { compileGlob } from '../../util/glob.ts';
import { compileNetwork } from '../../util/network.ts';
import { comparisonHolds, orderTexts } from './comparison.ts';
import { numberOf } from './number-text.ts';
import { compilePhrase } from './phrase.ts';

/** The values that a field has: of an event, or of the columns of a row. Empty if it has none. */
export type Texts = (field: FieldRef) => readonly string[];
export type Predicate = (texts: Texts) => boolean;
type ValueTest = (value: string) => boolean;

/**
 * `expr` as a function. Two-valued: a test holds if any value of its field passes, so it is false on a missing
 * field, and `not` of it is true (design §5). Folding lower-cases both sides; only a regular expression folds by
 * its own rule.
 *
 * Throws on a pattern or a network that cannot be read: frontends have to refuse those.
 */
export function compilePredicate(expr: Expr): Predicate {
  switch (expr.kind) {
    case 'and': {
      const items = expr.items.map(compilePredicate);
      return (texts) => items.every((item) => item(texts));
    }
    case 'or': {
      const items = expr.items.map(compilePredicate);
      return (texts) => items.some((item) => item(texts));
    }
    case 'not': {
      const item = compilePredicate(expr.item);
      return (texts) => !item(texts);
    }
    case 'test': {
      const { field } = expr;
      const passes = compileTest(expr.test);
      return (texts) => texts(field).some(passes);
    }
    default:
      return unreachable(expr);
  }
}

function compileTest(test: Test): ValueTest {
  switch (test.op) {
    case 'exists':
      return () => true;
    case 'equals': {
      const wanted = new Set(test.values.map((value) => folded(value, test.fold)));
      return (value) => wanted.has(folded(value, test.fold));
    }
    case 'glob':
      return anyOf(test.patterns.map((pattern) => compileGlob(pattern, test.fold)));
    case 'contains':
      return onFolded(test, (value, wanted) => value.includes(wanted));
    case 'starts_with':
      return onFolded(test, (value, wanted) => value.startsWith(wanted));
    case 'ends_with':
      return onFolded(test, (value, wanted) => value.endsWith(wanted));
    case 'regex': {
      const pattern = RE2JS.compile(test.pattern, test.fold ? RE2JS.CASE_INSENSITIVE : 0);
      return (value) => pattern.test(value);
    }
    case 'cidr':
      return anyOf(test.networks.map(networkTest));
    case 'compare':
      return comparison(test);
    case 'order':
      return (value) => comparisonHolds(test.comparison, orderTexts(value, test.value));
    case 'word':
    case 'phrase':
    case 'term':
      return compilePhrase(test);
    case 'fails': {
      const passes = compileTest(test.test);
      return (value) => !passes(value);
    }
    default:
      return unreachable(test);
  }
}

function networkTest(cidr: string): ValueTest {
  const contains = compileNetwork(cidr);
  assert(contains, `"${cidr}" is not a network`);
  return contains;
}

function comparison({ comparison, value: limit }: Test & { readonly op: 'compare' }): ValueTest {
  return (text) => {
    const value = numberOf(text);
    return value !== undefined && comparisonHolds(comparison, value - limit);
  };
}

function onFolded(
  { values, fold }: { readonly values: readonly string[]; readonly fold: boolean },
  passes: (value: string, wanted: string) => boolean,
): ValueTest {
  const wanted = values.map((value) => folded(value, fold));
  return (value) => {
    const text = folded(value, fold);
    return wanted.some((item) => passes(text, item));
  };
}

const anyOf =
  (tests: readonly ValueTest[]): ValueTest =>
  (value) =>
    tests.some((passes) => passes(value));

const folded = (text: string, fold: boolean): string => (fold ? text.toLowerCase() : text);
