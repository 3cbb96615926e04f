import { numberOf, textOf } from './value.ts';
import type { NaiveFunction } from './naive-function.ts';
import { relativeTime } from './relative-time.ts';
import { Undecided } from './table.ts';

const pad = (number: number, width = 2): string => String(number).padStart(width, '0');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

const letters: Readonly<Record<string, (date: Date, seconds: number) => string>> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  y: (date) => pad(date.getUTCFullYear() % 100),
  m: (date) => pad(date.getUTCMonth() + 1),
  d: (date) => pad(date.getUTCDate()),
  e: (date) => String(date.getUTCDate()).padStart(2),
  H: (date) => pad(date.getUTCHours()),
  I: (date) => pad(date.getUTCHours() % 12 === 0 ? 12 : date.getUTCHours() % 12),
  p: (date) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  M: (date) => pad(date.getUTCMinutes()),
  S: (date) => pad(date.getUTCSeconds()),
  a: (date) => (days[date.getUTCDay()] ?? '').slice(0, 3),
  A: (date) => days[date.getUTCDay()] ?? '',
  b: (date) => (months[date.getUTCMonth()] ?? '').slice(0, 3),
  B: (date) => months[date.getUTCMonth()] ?? '',
  j: (date) =>
    pad(
      (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
        Date.UTC(date.getUTCFullYear(), 0, 0)) /
        86_400_000,
      3,
    ),
  s: (_, seconds) => String(Math.floor(seconds)),
  F: (date) => date.toISOString().slice(0, 10),
  T: (date) => date.toISOString().slice(11, 19),
  z: () => '+0000',
  Z: () => 'UTC',
  N: (date) => pad(date.getUTCMilliseconds(), 3),
  Q: (date) => pad(date.getUTCMilliseconds(), 3),
  '%': () => '%',
};

/** Seconds since 1970 as text, in UTC. Fractions to the millisecond only: beyond that doubles decide. */
export function timeText(seconds: number, format: string): string {
  const date = new Date(Math.floor(seconds * 1_000 + 1e-4));
  return format.replaceAll(/%3?([a-zA-Z%])/g, (whole, letter: string) => {
    const write = letters[letter];
    if (write === undefined || (whole.startsWith('%3') && letter !== 'N' && letter !== 'Q')) {
      throw new Undecided(`the time format ${whole}`);
    }
    return write(date, seconds);
  });
}

/** The reverse, for the numbers of a date and a time of day. */
export function timeOf(text: string, format: string): number | null {
  const names: string[] = [];
  const widths: Readonly<Record<string, string>> = {
    Y: '{4}',
    m: '{1,2}',
    d: '{1,2}',
    H: '{1,2}',
    M: '{1,2}',
    S: '{1,2}',
  };
  const spelled = format.replaceAll('%F', '%Y-%m-%d').replaceAll('%T', '%H:%M:%S');
  const source = spelled.replaceAll(/%(.)|[^%]/g, (whole, letter: string | undefined) => {
    if (letter === undefined) return whole.replace(/[.*+?^${}()|[\]\\]/, String.raw`\$&`);
    const width = widths[letter];
    if (width === undefined) throw new Undecided(`strptime with ${whole}`);
    names.push(letter);
    return `(\\d${width})`;
  });
  const found = new RegExp(`^${source}$`).exec(text);
  if (found === null) return null;
  const part = (letter: string, missing: number): number =>
    names.includes(letter) ? Number(found[names.indexOf(letter) + 1]) : missing;
  if (!'Ymd'.split('').every((letter) => names.includes(letter)))
    throw new Undecided('strptime without a date');
  const [month, day] = [part('m', 1), part('d', 1)];
  const clock = [part('H', 0), part('M', 0), part('S', 0)] as const;
  const ms = Date.UTC(part('Y', 1970), month - 1, day, ...clock);
  const date = new Date(ms);
  const real =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && clock[0] < 24 && clock[1] < 60;
  return real && clock[2] < 60 ? ms / 1_000 : null;
}

/** Functions of time. What `now()` reads is the end of the window. */
export const timeFunctions: Readonly<Record<string, NaiveFunction>> = {
  now: (_, { now }) => now,
  strftime: ([time = null, format = null]) => {
    const seconds = numberOf(time);
    return seconds === null || format === null ? null : timeText(seconds, textOf(format));
  },
  strptime: ([text = null, format = null]) =>
    text === null || format === null ? null : timeOf(textOf(text), textOf(format)),
  relative_time: ([time = null, modifier = null]) => {
    const seconds = numberOf(time);
    return seconds === null || modifier === null ? null : relativeTime(seconds, textOf(modifier));
  },
};
