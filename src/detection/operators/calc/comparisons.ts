import { compareUtf8 } from '../compare-utf8.ts';
import { onValues, type CalcBuilder } from './calc-builder.ts';
import type { CalcValue } from './calc-value.ts';
import { numberIn } from './conversions.ts';
import { related, type Relation } from './relation.ts';

/** Comparisons, as `related` says. `in` is `=` with any of its candidates; wildcards are none of its business. */
export const comparisons = {
  '=': relating('='),
  '!=': relating('!='),
  '<': relating('<'),
  '<=': relating('<='),
  '>': relating('>'),
  '>=': relating('>='),
  in: onValues(([value = null, ...candidates]) => {
    const results = new Set(candidates.map((candidate) => related(value, '=', candidate)));
    if (results.has(true)) return true;
    return results.has(null) ? null : false;
  }),
  min: onValues((values) => extreme(values, -1)),
  max: onValues((values) => extreme(values, 1)),
} as const satisfies Readonly<Record<string, CalcBuilder>>;

function relating(relation: Relation): CalcBuilder {
  return onValues(([a = null, b = null]) => related(a, relation, b));
}

/**
 * The smallest (`sign` -1) or largest (1) of all values, of several texts each: a number is less than what is none.
 * Null ones do not count; of equal ones the first stays, as it was written.
 */
function extreme(values: readonly CalcValue[], sign: -1 | 1): CalcValue {
  return values
    .flatMap((value): readonly (string | number | boolean)[] =>
      value === null ? [] : typeof value === 'object' ? value : [value],
    )
    .reduce<string | number | boolean | null>(
      (best, value) => (best === null || order(value, best) * sign > 0 ? value : best),
      null,
    );
}

function order(a: string | number | boolean, b: string | number | boolean): number {
  const x = numberIn(a);
  const y = numberIn(b);
  if (x !== undefined && y !== undefined) return x - y;
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  return compareUtf8(String(a), String(b));
}
