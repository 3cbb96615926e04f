import { numberOf } from '../number-text.ts';
import { numberText } from './calc-texts.ts';
import type { CalcValue } from './calc-value.ts';

/** The number that a value is or reads as; undefined for null, several texts and all else. */
export function numberIn(value: CalcValue | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? numberOf(value) : undefined;
}

/** The one text of a value; undefined for null and several texts. */
export function textIn(value: CalcValue | undefined): string | undefined {
  if (value === null || typeof value === 'object') return undefined;
  return typeof value === 'number' ? numberText(value) : value?.toString();
}

/** Whether a condition holds: null if it is not known, and if the value is no condition at all. */
export const truthIn = (value: CalcValue | undefined): boolean | null =>
  typeof value === 'boolean' ? value : null;

/** A number as a value: null for one that is not finite. */
export const fromNumber = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Texts as a value: none are null, and one is that text. Lists of a `CalcValue` hold two or more. */
export function fromTexts(texts: readonly string[]): CalcValue {
  const [first, ...others] = texts;
  if (first === undefined) return null;
  return others.length === 0 ? first : texts;
}
