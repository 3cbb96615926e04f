import type { Filter, Keep } from '../../../plan/transform.ts';
import { compileCalc } from '../../calc/compile-calc.ts';
import { compilePredicate } from '../../predicate.ts';
import type { RowStage } from '../table-row.ts';

/** `search` behind a pipe: two-valued, so a row that lacks a column passes its negation (spec/spl.md trap 8). */
export function filterStage({ where }: Filter): RowStage {
  const holds = compilePredicate(where);
  return (columns) => (holds(({ name }) => columns.get(name) ?? []) ? [columns] : []);
}

/** `where`: three-valued, so a row for which the condition is null goes, and for which its negation is as well. */
export function keepStage({ where }: Keep): RowStage {
  const calc = compileCalc(where);
  return (columns, at) => (calc(columns, at) === true ? [columns] : []);
}
