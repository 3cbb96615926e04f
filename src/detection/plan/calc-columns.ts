import type { Calc } from './calc.ts';

/** The columns that a value is made from. */
export function calcColumns(calc: Calc): ReadonlySet<string> {
  const names = new Set<string>();
  const open = [calc];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'column') names.add(next.name);
    if (next.kind === 'call') for (const arg of next.args) open.push(arg);
  }
  return names;
}
