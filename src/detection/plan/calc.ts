import type { CalcName } from './calc-functions.ts';

/**
 * A value computed from the columns of a row (Splunk's `eval`, spec/spl.md §3.3). Operators are functions, too.
 *
 * It is a number, a text, several texts, true or false, or null. A column that the row lacks is null, one with several
 * values is several texts. Three-valued where it is a condition: only what is true counts as true.
 */
export type Calc =
  | { readonly kind: 'column'; readonly name: string }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'call'; readonly name: CalcName; readonly args: readonly Calc[] };
