import type { Extend } from '../../../plan/transform.ts';
import { calcTexts } from '../../calc/calc-texts.ts';
import { compileCalc } from '../../calc/compile-calc.ts';
import type { RowStage } from '../table-row.ts';
import { setColumn } from './with-columns.ts';

/** `eval`: each value sees the columns that those before it have set. */
export function extendStage(stage: Extend): RowStage {
  const assignments = stage.columns.map(({ as, value }) => ({ as, calc: compileCalc(value) }));
  return (columns, at) => {
    const extended = new Map(columns);
    for (const { as, calc } of assignments) setColumn(extended, as, calcTexts(calc(extended, at)));
    return [extended];
  };
}
