import type { Expr } from './expr.ts';

/** The names of the fields that an expression tests. */
export function exprColumns(expr: Expr): ReadonlySet<string> {
  const names = new Set<string>();
  const open = [expr];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'test') names.add(next.field.name);
    else if (next.kind === 'not') open.push(next.item);
    else for (const item of next.items) open.push(item);
  }
  return names;
}
