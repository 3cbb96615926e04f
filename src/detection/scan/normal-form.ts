import { unreachable } from '../../util/assert.ts';
import type { Expr } from '../plan/expr.ts';

/** An equivalent expression in which only tests are negated. */
export function pushNegations(expr: Expr, negated = false): Expr {
  switch (expr.kind) {
    case 'test':
      return negated ? { kind: 'not', item: expr } : expr;
    case 'not':
      return pushNegations(expr.item, !negated);
    case 'and':
    case 'or': {
      const flipped = expr.kind === 'and' ? 'or' : 'and';
      const items = expr.items.map((item) => pushNegations(item, negated));
      return { kind: negated ? flipped : expr.kind, items };
    }
    default:
      return unreachable(expr);
  }
}

/** What all has to hold for `expr`, of which only tests are negated, to hold. */
export function conjunctsOf(expr: Expr): readonly Expr[] {
  return expr.kind === 'and' ? expr.items.flatMap(conjunctsOf) : [expr];
}

/**
 * How what holds of several values of a field comes from what holds of each alone: `some` if it holds of at least one,
 * `every` if of each. Undefined if it can hold of all of them together and of none alone, as "has a and has b" does.
 * Only tests in `expr` are negated, and all are on one field.
 */
export function holdsOf(expr: Expr): 'some' | 'every' | undefined {
  switch (expr.kind) {
    case 'test':
      return 'some';
    case 'not':
      return 'every';
    case 'or': {
      const items = new Set(expr.items.map(holdsOf));
      if (items.has(undefined)) return undefined;
      return items.has('some') ? 'some' : 'every';
    }
    case 'and': {
      const items = expr.items.map(holdsOf);
      const some = items.filter((item) => item !== 'every');
      if (some.length === 0) return 'every';
      return some.length === 1 ? some[0] : undefined;
    }
    default:
      return unreachable(expr);
  }
}
