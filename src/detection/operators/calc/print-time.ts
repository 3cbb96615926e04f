import type { Time } from '../../../record/time.ts';
import { dayNames, monthNames, type TimePart } from './time-format.ts';

/** What a variable needs to know of a time. */
interface Clock {
  readonly date: Date;
  /** Whole seconds since 1970, and the nanoseconds behind them. */
  readonly seconds: bigint;
  readonly nanoseconds: bigint;
}

/** A time of the years 1 to 9999 as a format prints it, in UTC; a variable that is not known stays as it is written. */
export function printTime(time: Time, format: readonly TimePart[]): string {
  const nanoseconds = ((time % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = (time - nanoseconds) / 1_000_000_000n;
  const clock = { date: new Date(Number(seconds) * 1_000), seconds, nanoseconds };
  return format.map((part) => (part.kind === 'text' ? part.text : printVariable(part, clock))).join('');
}

function printVariable(
  { letter, digits, written }: TimePart & { readonly kind: 'variable' },
  clock: Clock,
): string {
  const usual = fractions.get(letter);
  if (usual !== undefined) return fraction(clock, digits ?? usual);
  return variables.get(letter)?.(clock) ?? written;
}

/** Digits below a second, if the format does not say how many. */
const fractions: ReadonlyMap<string, number> = new Map([
  ['N', 9],
  ['Q', 3],
  ['f', 6],
]);

const fraction = ({ nanoseconds }: Clock, digits: number): string =>
  nanoseconds.toString().padStart(9, '0').slice(0, digits);

const padded = (value: number, size = 2, fill = '0'): string => String(value).padStart(size, fill);
const hourOf12 = (date: Date): number => date.getUTCHours() % 12 || 12;
const nameOfDay = (date: Date): string => dayNames[date.getUTCDay()] ?? '';
const nameOfMonth = (date: Date): string => monthNames[date.getUTCMonth()] ?? '';

const variables: ReadonlyMap<string, (clock: Clock) => string> = new Map<string, (clock: Clock) => string>([
  ['Y', ({ date }) => padded(date.getUTCFullYear(), 4)],
  ['y', ({ date }) => padded(date.getUTCFullYear() % 100)],
  ['m', ({ date }) => padded(date.getUTCMonth() + 1)],
  ['d', ({ date }) => padded(date.getUTCDate())],
  ['e', ({ date }) => padded(date.getUTCDate(), 2, ' ')],
  ['j', ({ date }) => padded(dayOfYear(date), 3)],
  ['H', ({ date }) => padded(date.getUTCHours())],
  ['k', ({ date }) => padded(date.getUTCHours(), 2, ' ')],
  ['I', ({ date }) => padded(hourOf12(date))],
  ['M', ({ date }) => padded(date.getUTCMinutes())],
  ['S', ({ date }) => padded(date.getUTCSeconds())],
  ['p', ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM')],
  ['s', ({ seconds }) => seconds.toString()],
  ['A', ({ date }) => nameOfDay(date)],
  ['a', ({ date }) => nameOfDay(date).slice(0, 3)],
  ['w', ({ date }) => String(date.getUTCDay())],
  ['B', ({ date }) => nameOfMonth(date)],
  ['b', ({ date }) => nameOfMonth(date).slice(0, 3)],
  ['U', ({ date }) => padded(Math.floor((dayOfYear(date) + 6 - date.getUTCDay()) / 7))],
  ['V', ({ date }) => padded(isoWeek(date).week)],
  ['G', ({ date }) => padded(isoWeek(date).year, 4)],
  ['Z', () => 'UTC'],
  ['z', () => '+0000'],
  [':z', () => '+00:00'],
  ['::z', () => '+00:00:00'],
  [':::z', () => '+00'],
  ['%', () => '%'],
]);

const day = 86_400_000;

const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - startOfYear(date.getUTCFullYear())) / day) + 1;

/** Unlike `Date.UTC`, the years 0 to 99 are those. */
const startOfYear = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1);

/** ISO 8601: weeks begin on Monday, and belong to the year that their Thursday is in. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * day);
  return { year: thursday.getUTCFullYear(), week: Math.ceil(dayOfYear(thursday) / 7) };
}
