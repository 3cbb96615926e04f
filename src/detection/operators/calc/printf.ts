import { TextBuilder } from './bounds.ts';
import { onValues } from './calc-builder.ts';
import type { CalcValue } from './calc-value.ts';
import { numberIn, textIn } from './conversions.ts';
import { converted, type Conversion } from './printf-conversion.ts';

/** Flags, width, precision, letter. */
const specifier = /%([-+ 0#']*)(\*|\d{1,6})?(\.(?:\*|\d{0,6}))?([a-z%])/gi;

/**
 * `printf(format, value, ...)` after C: `%d %i %u %o %x %X %p %f %F %e %E %g %G %c %s %z %%` with the flags
 * `- + space 0 # '` (commas between thousands), and width and precision, also as `*`. Null if a value is null, is missing,
 * or does not fit its letter, and for a letter that is none of these; values too many do not matter.
 */
export const printf = {
  printf: onValues(([format, ...values]) => {
    const text = textIn(format);
    return text === undefined ? null : print(text, values);
  }),
};

function print(format: string, values: readonly CalcValue[]): string | null {
  const builder = new TextBuilder();
  const rest = values.values();
  let from = 0;
  for (const match of format.matchAll(specifier)) {
    builder.add(format.slice(from, match.index));
    from = match.index + match[0].length;
    const printed = printOne(match, () => rest.next().value ?? null);
    if (printed === null) return null;
    builder.add(printed);
    if (builder.full) break;
  }
  builder.add(format.slice(from));
  return builder.text;
}

/** One specifier; `next` gives its arguments: width and precision come before the value. */
function printOne(match: RegExpMatchArray, next: () => CalcValue): string | null {
  const [, flags = '', width, precision, letter = ''] = match;
  if (letter === '%') return '%';
  const wide = width === '*' ? numberIn(next()) : Number(width ?? 0);
  const precise = precision === '.*' ? numberIn(next()) : precisionOf(precision);
  if (wide === undefined || Number.isNaN(precise)) return null;
  const conversion: Conversion = {
    letter,
    // A negative width is one that fills up on the right, a negative precision none.
    left: flags.includes('-') || wide < 0,
    plus: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
    zeros: flags.includes('0'),
    alternate: flags.includes('#'),
    thousands: flags.includes("'"),
    width: within(Math.abs(wide)),
    precision: precise === undefined || precise < 0 ? undefined : within(precise),
  };
  return converted(next(), conversion);
}

const precisionOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.slice(1));

/** Nobody prints wider than this on purpose. */
const within = (size: number): number => Math.min(10_000, Math.trunc(size));
