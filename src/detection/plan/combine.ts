import type { Expr } from './expr.ts';

/** True if all of `items` are: the item itself if it is the only one. */
export const allOf = (items: readonly Expr[]): Expr => combined('and', items);

/** True if any of `items` is: the item itself if it is the only one. */
export const anyOf = (items: readonly Expr[]): Expr => combined('or', items);

function combined(kind: 'and' | 'or', items: readonly Expr[]): Expr {
  const [only, ...others] = items;
  return only !== undefined && others.length === 0 ? only : { kind, items };
}
