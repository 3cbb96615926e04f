import { unreachable } from '../../util/assert.ts';
import { compilePredicate, type Texts } from '../operators/predicate.ts';
import { describeExpr } from '../plan/describe-expr.ts';
import type { Expr } from '../plan/expr.ts';
import type { ExplanationLine } from './explanation.ts';

/** A line for an expression and for each one in it: whether it holds for the values that `texts` gives, and which. */
export function explainExpr(
  expr: Expr,
  texts: Texts,
  part: ExplanationLine['part'],
  depth = 0,
): readonly ExplanationLine[] {
  const holds = compilePredicate(expr)(texts);
  const line = { part, depth, holds, seen: undefined };
  const inside = (items: readonly Expr[]): readonly ExplanationLine[] =>
    items.flatMap((item) => explainExpr(item, texts, part, depth + 1));
  switch (expr.kind) {
    case 'test':
      return [{ ...line, text: describeExpr(expr), seen: texts(expr.field) }];
    case 'not':
      return [{ ...line, text: 'not' }, ...inside([expr.item])];
    case 'and':
      return [{ ...line, text: 'all of' }, ...inside(expr.items)];
    case 'or':
      return [{ ...line, text: 'any of' }, ...inside(expr.items)];
    default:
      return unreachable(expr);
  }
}
