import { unreachable } from '../../../util/assert.ts';
import type { Calc } from '../../plan/calc.ts';
import type { CalcName } from '../../plan/calc-functions.ts';
import { arithmetic } from './arithmetic.ts';
import { bounded } from './bounds.ts';
import type { CalcBuilder } from './calc-builder.ts';
import type { CompiledCalc } from './calc-value.ts';
import { comparisons } from './comparisons.ts';
import { fromTexts } from './conversions.ts';
import { hashes } from './hashes.ts';
import { jsonFunctions } from './json-extract.ts';
import { logic } from './logic.ts';
import { matching } from './matching.ts';
import { numberConversions } from './number-conversions.ts';
import { printf } from './printf.ts';
import { severalValues } from './several-values.ts';
import { textFunctions } from './text-functions.ts';
import { times } from './times.ts';

const builders: Readonly<Record<CalcName, CalcBuilder>> = {
  ...arithmetic,
  ...comparisons,
  ...hashes,
  ...jsonFunctions,
  ...logic,
  ...matching,
  ...numberConversions,
  ...printf,
  ...severalValues,
  ...textFunctions,
  ...times,
};

/**
 * A calculation as a function of the columns of a row (spec/spl.md §3.3). It never throws and its result is bounded: a
 * text to 1 MiB, several to 10,000; what is beyond is cut off. What cannot be worked out is null.
 *
 * Throws on a constant regular expression or network that is none: frontends have to refuse those.
 */
export function compileCalc(calc: Calc): CompiledCalc {
  switch (calc.kind) {
    case 'column':
      return (columns) => fromTexts(columns.get(calc.name) ?? []);
    case 'text':
    case 'number':
      return () => calc.value;
    case 'call': {
      const call = builders[calc.name](calc.args, compileCalc);
      return (columns, at) => bounded(call(columns, at));
    }
    default:
      return unreachable(calc);
  }
}
