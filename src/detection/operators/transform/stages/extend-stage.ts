import type { Extend } from '../../../plan/transform.ts';
import { calcTexts } from '../../calc/calc-texts.ts';
import { compileCalc } from '../../calc/compile-calc.ts';
import type { Columns, RowStage } from '../table-row.ts';
import { withColumns } from './with-columns.ts';

/** `eval`: each value sees the columns that those before it have set. */
export function extendStage(stage: Extend): RowStage {
  const assignments = stage.columns.map(({ as, value }) => ({ as, calc: compileCalc(value) }));
  return (columns, at) => {
    const extended = assignments.reduce<Columns>(
      (row, { as, calc }) => withColumns(row, [[as, calcTexts(calc(row, at))]]),
      columns,
    );
    return [extended];
  };
}
