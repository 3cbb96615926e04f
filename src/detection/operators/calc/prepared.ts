import { assert } from '../../../util/assert.ts';
import type { Calc } from '../../plan/calc.ts';
import type { Columns, Moment } from '../transform/table-row.ts';
import type { CompiledCalc } from './calc-value.ts';
import { textIn } from './conversions.ts';

/** Undefined if the value is not one text, or a text of which nothing can be made. */
export type Prepared<T> = (columns: Columns, at: Moment) => T | undefined;

interface Demands {
  /** What a constant has to be: frontends refuse one of which nothing can be made. */
  readonly what?: string;
  /** Characters of a text that comes out of a row: who writes events must not choose the work. */
  readonly longest?: number;
}

/**
 * What `prepare` makes of the text of an argument, such as a regular expression: once and for all of a constant, else
 * again whenever the text is another one than the last. Throws if nothing can be made of a constant and `what` says
 * what it has to be.
 */
export function prepared<T>(
  calc: Calc | undefined,
  compile: (calc: Calc) => CompiledCalc,
  prepare: (text: string) => T | undefined,
  { what, longest = 1_000 }: Demands = {},
): Prepared<T> {
  if (calc === undefined) return () => undefined;
  if (calc.kind === 'text') {
    const made = prepare(calc.value);
    assert(made !== undefined || what === undefined, `"${calc.value}" is not ${what ?? ''}`);
    return () => made;
  }
  const value = compile(calc);
  let last: { readonly text: string; readonly made: T | undefined } | undefined;
  return (columns, at) => {
    const text = textIn(value(columns, at));
    if (text === undefined) return undefined;
    if (last?.text !== text) last = { text, made: text.length > longest ? undefined : prepare(text) };
    return last.made;
  };
}
