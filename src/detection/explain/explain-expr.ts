import { unreachable } from '../../util/assert.ts';
import { compilePredicate, type Texts } from '../operators/predicate.ts';
import { describeExpr } from '../plan/describe-expr.ts';
import type { Expr } from '../plan/expr.ts';
import type { ExplanationLine } from './explanation.ts';

export interface ExprOptions {
  readonly part: ExplanationLine['part'];
  readonly depth?: number;
  /** What is said of the values that decided; the values themselves if left out. */
  readonly show?: (values: readonly string[]) => readonly string[];
}

/** A line for an expression and for each one in it: whether it holds for the values that `texts` gives, and which. */
export function explainExpr(
  expr: Expr,
  texts: Texts,
  { part, depth = 0, show = (values) => values }: ExprOptions,
): readonly ExplanationLine[] {
  const holds = compilePredicate(expr)(texts);
  const line = { part, depth, holds, seen: undefined };
  const inside = (items: readonly Expr[]): readonly ExplanationLine[] =>
    items.flatMap((item) => explainExpr(item, texts, { part, depth: depth + 1, show }));
  switch (expr.kind) {
    case 'test':
      return [{ ...line, text: describeExpr(expr), seen: show(texts(expr.field)) }];
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
