import type { Calc } from '../../plan/calc.ts';
import type { Moment } from '../transform/table-row.ts';
import type { CalcValue, CompiledCalc } from './calc-value.ts';

/** Makes a function of `Calc` ready to run on its arguments, as many as it takes. */
export type CalcBuilder = (args: readonly Calc[], compile: (calc: Calc) => CompiledCalc) => CompiledCalc;

/** A function that is given the values of its arguments. */
export type Apply = (values: readonly CalcValue[], at: Moment) => CalcValue;

/** A function that needs no more than the values of all of its arguments. */
export const onValues =
  (apply: Apply): CalcBuilder =>
  (args, compile) => {
    const compiled = args.map(compile);
    return (columns, at) =>
      apply(
        compiled.map((arg) => arg(columns, at)),
        at,
      );
  };
