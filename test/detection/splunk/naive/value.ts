import { looksNumeric } from './compare.ts';
import { Undecided } from './table.ts';

/** What an expression of `eval` gives: null is no value, a list are several (spec/spl.md §3.3). */
export type Value = string | number | boolean | null | readonly string[];

/** A condition; what is neither true, false nor null is none that anybody has decided. */
export function truth(value: Value): boolean | null {
  if (typeof value === 'boolean' || value === null) return value;
  throw new Undecided('a value as a condition');
}

/** A value as a number, null if it is none. */
export function numberOf(value: Value): number | null {
  if (value === null || typeof value === 'number') return value;
  const text = textOf(value);
  return looksNumeric(text) ? Number(text) : null;
}

/** The one text of a value that has one. */
export function textOf(value: Value): string {
  if (value === null) throw new Error('null has no text');
  const [text = '', ...more] = textsOf(value);
  if (more.length > 0) throw new Undecided('several values as one text');
  return text;
}

/** What a column holds that is set to a value. */
export function textsOf(value: Value): readonly string[] {
  if (value === null) return [];
  return Array.isArray(value) ? (value as readonly string[]) : [String(value)];
}

export function fromTexts(texts: readonly string[]): Value {
  return texts.length > 1 ? texts : (texts[0] ?? null);
}
