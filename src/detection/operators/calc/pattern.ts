import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { Calc } from '../../plan/calc.ts';
import type { CompiledCalc } from './calc-value.ts';
import { prepared, type Prepared } from './prepared.ts';

/**
 * The regular expression that an argument holds, by RE2's syntax. Throws on a constant that is none; one that comes
 * out of a row and is none is undefined.
 */
export const preparedPattern = (
  calc: Calc | undefined,
  compile: (calc: Calc) => CompiledCalc,
): Prepared<RE2JS> => prepared(calc, compile, patternOf, { what: 'a regular expression' });

function patternOf(text: string): RE2JS | undefined {
  try {
    return RE2JS.compile(text);
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return undefined;
    throw error;
  }
}
