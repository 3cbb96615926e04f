import { onValues, type CalcBuilder } from './calc-builder.ts';
import type { CalcValue } from './calc-value.ts';
import { numberIn, textIn } from './conversions.ts';
import { numberOf } from '../number-text.ts';
import { rounded } from './rounded.ts';
import { withThousands } from '../../../util/with-thousands.ts';

/** Functions between numbers and texts. */
export const numberConversions = {
  tonumber: onValues(([value, base = 10]) => {
    const text = textIn(value);
    const radix = numberIn(base);
    if (text === undefined || radix === undefined || typeof value === 'boolean') return null;
    return (radix === 10 ? numberOf(text) : wholeNumber(text, radix)) ?? null;
  }),
  /** `True`, `False` and `Null` are what Splunk calls them. */
  tostring: onValues(([value = null, format]) => {
    if (value === null) return 'Null';
    if (typeof value === 'boolean') return value ? 'True' : 'False';
    if (format === undefined) return typeof value === 'number' ? (textIn(value) ?? null) : value;
    const number = numberIn(value);
    return number === undefined ? value : formatted(number, textIn(format));
  }),
  /** A column that reads as a number is one, a text that the search itself holds is not. */
  typeof: ([arg], compile) => {
    const value = arg && compile(arg);
    return (columns, at) => typeName(value?.(columns, at) ?? null, arg?.kind === 'column');
  },
} as const satisfies Readonly<Record<string, CalcBuilder>>;

function typeName(value: CalcValue, fromColumn: boolean): string {
  if (value === null) return 'Invalid';
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'object') return 'Multivalue';
  return typeof value === 'number' || (fromColumn && numberOf(value) !== undefined) ? 'Number' : 'String';
}

/** More digits than the largest number has in base 2. */
const maxDigits = 1_100;

/** A whole number in another base, its digits beyond 9 letters in either case; `0x` may stand before those of base 16. */
function wholeNumber(text: string, base: number): number | undefined {
  if (!Number.isInteger(base) || base < 2 || base > 36 || text.length > maxDigits) return undefined;
  const [, sign = '', digits = ''] =
    /^([+-]?)([\da-z]+)$/i.exec(base === 16 ? text.replace(/^([+-]?)0x/i, '$1') : text) ?? [];
  const fits = digits !== '' && Array.from(digits).every((digit) => Number.parseInt(digit, 36) < base);
  const value = fits ? Number.parseInt(digits, base) : Number.NaN;
  if (!Number.isFinite(value)) return undefined;
  return sign === '-' ? -value : value;
}

/** As `tostring` formats a number; null for a format that it does not know. */
function formatted(value: number, format: string | undefined): string | null {
  switch (format) {
    case 'hex':
      return `${sign(value)}0x${whole(value).toString(16).toUpperCase()}`;
    case 'binary':
      return `${sign(value)}${whole(value).toString(2)}`;
    case 'commas':
      return `${sign(value)}${commas(Math.abs(value))}`;
    case 'duration':
      return `${sign(value)}${duration(Math.abs(value))}`;
    default:
      return null;
  }
}

const sign = (value: number): string => (value < 0 ? '-' : '');
const whole = (value: number): bigint => BigInt(Math.trunc(Math.abs(value)));

/** With commas between thousands, and two decimal places if it is not whole. */
const commas = (value: number): string =>
  withThousands(Number.isInteger(value) ? whole(value).toString() : rounded(value, 2).toFixed(2));

/** Seconds as `HH:MM:SS`, behind days and `+` if there are any, and with six decimal places if they are not whole. */
function duration(value: number): string {
  const micros = BigInt(Math.round((value % 1) * 1_000_000));
  const total = whole(value) + micros / 1_000_000n;
  const two = (part: bigint): string => part.toString().padStart(2, '0');
  const days = total / 86_400n;
  const clock = [(total / 3_600n) % 24n, (total / 60n) % 60n, total % 60n].map(two).join(':');
  const rest = micros % 1_000_000n;
  return `${days > 0n ? `${days}+` : ''}${clock}${rest > 0n ? `.${rest.toString().padStart(6, '0')}` : ''}`;
}
