import { numberOf, textOf, type Value } from './value.ts';
import { Undecided } from './table.ts';

/** `printf` with `%d %i %u %f %s %x %X %o %e %%`, flags `-`, `0`, `+`, width and precision. */
export function formatted(format: string, values: readonly Value[]): string {
  let next = 0;
  return format.replaceAll(
    /%([-0+]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g,
    (_, flags: string, width: string, precision: string | undefined, letter: string) => {
      if (letter === '%') return '%';
      const text = convert(letter, values[next++] ?? null, precision, flags.includes('+'));
      return padded(text, Number(width), flags, letter !== 's');
    },
  );
}

function convert(letter: string, value: Value, precision: string | undefined, sign: boolean): string {
  if (letter === 's') return textOf(value).slice(0, precision === undefined ? undefined : Number(precision));
  const number = numberOf(value);
  if (number === null) throw new Undecided('printf of a text as a number');
  const plus = sign && number >= 0 ? '+' : '';
  switch (letter) {
    case 'd':
    case 'i':
    case 'u':
      return `${plus}${Math.trunc(number)}`;
    case 'f':
      return `${plus}${number.toFixed(Number(precision ?? 6))}`;
    case 'x':
      return Math.trunc(number).toString(16);
    case 'X':
      return Math.trunc(number).toString(16).toUpperCase();
    case 'o':
      return Math.trunc(number).toString(8);
    default:
      throw new Undecided(`printf of %${letter}`);
  }
}

function padded(text: string, width: number, flags: string, isNumber: boolean): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || !isNumber) return text.padStart(width);
  const sign = /^[-+]?/.exec(text)?.[0] ?? '';
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}
