import type { CalcValue } from './calc-value.ts';

/** The texts that a column of this value holds; none for null. */
export function calcTexts(value: CalcValue): readonly string[] {
  if (value === null) return [];
  if (typeof value === 'object') return value;
  return [typeof value === 'number' ? numberText(value) : String(value)];
}

/**
 * A number as Splunk prints it: whole ones without a point, others with as many digits as it takes to tell them from
 * their neighbours (15 to 17), from 1e21 on and below 1e-6 with an exponent. Minus zero is 0.
 */
export const numberText = (value: number): string => String(value);
