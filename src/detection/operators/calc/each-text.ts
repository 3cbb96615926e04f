import { onValues, type CalcBuilder } from './calc-builder.ts';
import { calcTexts } from './calc-texts.ts';
import type { CalcValue } from './calc-value.ts';
import { fromTexts } from './conversions.ts';

/** A function that makes a text of its first argument, of each one if it is several; null makes none. */
export const eachText = (apply: (text: string, others: readonly CalcValue[]) => string | null): CalcBuilder =>
  onValues(([value = null, ...others]) => mapTexts(value, (text) => apply(text, others)));

/** A value with each of its texts replaced by what `apply` makes of it. */
export function mapTexts(value: CalcValue, apply: (text: string) => string | null): CalcValue {
  return fromTexts(
    calcTexts(value)
      .map(apply)
      .filter((text) => text !== null),
  );
}
