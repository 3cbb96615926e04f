import { byBytes, looksNumeric } from './compare.ts';
import { numberOf, textOf, textsOf, type Value } from './value.ts';
import type { NaiveFunction } from './naive-function.ts';
import { Undecided } from './table.ts';

const onNumber =
  (run: (number: number) => number): NaiveFunction =>
  ([value = null]) => {
    const number = numberOf(value);
    return number === null ? null : run(number);
  };

/** Half away from zero, in decimal digits. */
function rounded(number: number, digits: number): number {
  const scale = 10 ** digits;
  const scaled = Math.abs(number) * scale;
  const whole = Math.floor(scaled + 0.5);
  if (Math.abs(scaled + 0.5 - Math.round(scaled + 0.5)) < 1e-9 && !Number.isInteger(scaled * 2)) {
    throw new Undecided('rounding what a double cannot hold');
  }
  return (Math.sign(number) * whole) / scale;
}

/** Numbers are less than texts; the first of equals. */
function extreme(args: readonly Value[], side: 1 | -1): Value {
  const values = args.flatMap(textsOf);
  if (values.length === 0) return null;
  if (args.some((value) => Array.isArray(value))) throw new Undecided('min or max of a list');
  const best = values.reduce((a, b) => (side * order(a, b) > 0 ? b : a));
  return looksNumeric(best) ? Number(best) : best;
}

function order(a: string, b: string): number {
  const numbers = [looksNumeric(a), looksNumeric(b)];
  if (numbers[0] !== numbers[1]) return numbers[0] === true ? -1 : 1;
  return numbers[0] === true ? Number(a) - Number(b) : byBytes(a, b);
}

/** Functions that make a number. */
export const numberFunctions: Readonly<Record<string, NaiveFunction>> = {
  abs: onNumber(Math.abs),
  floor: onNumber(Math.floor),
  ceiling: onNumber(Math.ceil),
  round: ([value = null, digits = 0]) => {
    const number = numberOf(value);
    const places = numberOf(digits);
    return number === null || places === null ? null : rounded(number, places);
  },
  min: (args) => extreme(args, 1),
  max: (args) => extreme(args, -1),
  tonumber: ([value = null, base]) => {
    if (value === null) return null;
    if (base === undefined) return numberOf(value);
    const radix = numberOf(base) ?? 10;
    const number = Number.parseInt(textOf(value), radix);
    return number.toString(radix) === textOf(value).toLowerCase() ? number : null;
  },
};
