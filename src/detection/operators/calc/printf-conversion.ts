import type { CalcValue } from './calc-value.ts';
import { numberIn, textIn } from './conversions.ts';
import { withThousands } from '../../../util/with-thousands.ts';

/** One specifier of a format, such as `%-8.3f`. */
export interface Conversion {
  readonly letter: string;
  /** Filled up on the right. */
  readonly left: boolean;
  /** What stands before a number that is not negative. */
  readonly plus: string;
  readonly zeros: boolean;
  /** `#`: with `0x` or `0` before it, or with all of its decimal places. */
  readonly alternate: boolean;
  readonly thousands: boolean;
  readonly width: number;
  readonly precision: number | undefined;
}

/** A value as a specifier prints it (C11 §7.21.6.1); null if it does not fit, or nothing is known of the letter. */
export function converted(value: CalcValue, conversion: Conversion): string | null {
  switch (conversion.letter) {
    case 's':
    case 'z':
      return filled(textPart(value, conversion.precision), conversion);
    case 'c':
      return filled(character(value), conversion);
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'p':
      return signed(value, conversion, integerDigits);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return signed(value, conversion, realDigits);
    default:
      return null;
  }
}

function textPart(value: CalcValue, precision: number | undefined): string | null {
  const text = textIn(value) ?? null;
  return text === null || precision === undefined ? text : Array.from(text).slice(0, precision).join('');
}

/** The character of a code point, or the first one of a text. */
function character(value: CalcValue): string | null {
  const code = numberIn(value);
  if (code === undefined) return Array.from(textIn(value) ?? '')[0] ?? null;
  const isCodePoint = Number.isInteger(code) && code >= 0 && code <= 0x10ffff;
  return isCodePoint ? String.fromCodePoint(code) : null;
}

function filled(text: string | null, { left, width }: Conversion): string | null {
  if (text === null) return null;
  return left ? text.padEnd(width) : text.padStart(width);
}

/** A number: its sign and prefix, zeros up to the width if they are wanted, its digits. */
function signed(
  value: CalcValue,
  conversion: Conversion,
  digitsOf: (
    magnitude: number,
    conversion: Conversion,
  ) => { readonly prefix: string; readonly digits: string },
): string | null {
  const number = numberIn(value);
  if (number === undefined) return null;
  const { prefix, digits } = digitsOf(Math.abs(number), conversion);
  const sign = (number < 0 ? '-' : conversion.plus) + prefix;
  const grouped = conversion.thousands ? withThousands(digits) : digits;
  const zeros =
    conversion.zeros && !conversion.left && !(isInteger(conversion) && conversion.precision !== undefined);
  return filled(sign + (zeros ? grouped.padStart(conversion.width - sign.length, '0') : grouped), conversion);
}

const isInteger = ({ letter }: Conversion): boolean => 'diuoxXp'.includes(letter);

function integerDigits(magnitude: number, { letter, alternate, precision = 1 }: Conversion) {
  const whole = BigInt(Math.trunc(magnitude));
  const padded = (digits: string): string => digits.padStart(precision, '0');
  switch (letter) {
    case 'o': {
      const digits = padded(whole.toString(8));
      return { prefix: alternate && !digits.startsWith('0') ? '0' : '', digits };
    }
    case 'x':
    case 'p':
      return { prefix: alternate && whole > 0n ? '0x' : '', digits: padded(whole.toString(16)) };
    case 'X':
      return {
        prefix: alternate && whole > 0n ? '0X' : '',
        digits: padded(whole.toString(16).toUpperCase()),
      };
    default:
      return { prefix: '', digits: padded(whole.toString()) };
  }
}

/** As many places as JavaScript can print. */
const maxPlaces = 100;

function realDigits(magnitude: number, { letter, alternate, precision = 6 }: Conversion) {
  const places = Math.min(maxPlaces, precision);
  const digits = printReal(magnitude, letter.toLowerCase(), places, alternate);
  return { prefix: '', digits: letter === letter.toUpperCase() ? digits.toUpperCase() : digits };
}

function printReal(magnitude: number, letter: string, places: number, alternate: boolean): string {
  if (letter === 'f') return fixed(magnitude, places) + (alternate && places === 0 ? '.' : '');
  if (letter === 'e') return exponential(magnitude, places);
  const significant = Math.max(1, places);
  const exponent = Number(magnitude.toExponential(significant - 1).split('e')[1]);
  const printed =
    exponent < -4 || exponent >= significant
      ? exponential(magnitude, significant - 1)
      : fixed(magnitude, significant - 1 - exponent);
  return alternate || !printed.includes('.') ? printed : printed.replace(/\.?0+(?=e|$)/, '');
}

/** `toFixed` turns to exponents at 1e21, where every number is whole. */
const fixed = (magnitude: number, places: number): string =>
  magnitude < 1e21
    ? magnitude.toFixed(Math.min(maxPlaces, places))
    : BigInt(magnitude).toString() + (places > 0 ? `.${'0'.repeat(places)}` : '');

/** With two digits of exponent at least. */
const exponential = (magnitude: number, places: number): string =>
  magnitude.toExponential(places).replace(/(?<=e[+-])\d$/, '0$&');
