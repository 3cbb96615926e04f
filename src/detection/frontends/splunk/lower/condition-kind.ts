import type { CalcName } from '../../../plan/calc-functions.ts';
import type { Calc } from '../../../plan/calc.ts';

const conditions: ReadonlySet<CalcName> = new Set<CalcName>(
  // prettier-ignore
  ['=', '!=', '<', '<=', '>', '>=', 'and', 'or', 'xor', 'not',
    'match', 'like', 'in', 'cidrmatch', 'isnull', 'isnotnull', 'true', 'false'],
);

/** What they are depends on what they are given. */
const either: ReadonlySet<CalcName> = new Set<CalcName>(['if', 'case', 'coalesce', 'null']);

/** True for a value that is true or false, false for one that never is; undefined if that depends. */
export function isCondition(calc: Calc): boolean | undefined {
  if (calc.kind !== 'call') return false;
  return either.has(calc.name) ? undefined : conditions.has(calc.name);
}
