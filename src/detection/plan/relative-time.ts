import { fromMillis, type Time } from '../../record/time.ts';
import { unreachable } from '../../util/assert.ts';

/** A time as Splunk writes it: `-70m@m`, seen from another time, or an epoch number, the same from everywhere. */
export type RelativeTime =
  | { readonly kind: 'fixed'; readonly time: Time }
  | { readonly kind: 'relative'; readonly moves: readonly Move[] };

/** `add` takes months by the calendar: a day that the month lacks becomes its last. `snap` goes down, never up. */
export type Move =
  | { readonly kind: 'add'; readonly amount: number; readonly unit: Unit }
  /** `weekday`: for weeks, the day they begin with, Sunday is 0. */
  | { readonly kind: 'snap'; readonly unit: Unit; readonly weekday: number };

export type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const spellings: Readonly<Record<Unit, string>> = {
  second: 's|secs?|seconds?',
  minute: 'm|mins?|minutes?',
  hour: 'h|hrs?|hours?',
  day: 'd|days?',
  week: 'w|weeks?',
  month: 'mon|months?',
  quarter: 'q|qtrs?|quarters?',
  year: 'y|yrs?|years?',
};

const epoch = /^\d{1,11}(?:\.\d{1,9})?$/;
const part = /([+-])(\d{0,6})([a-z]+)|@([a-z]+)([0-7]?)/y;

/**
 * A relative time of Splunk (Search Manual, "Specify time modifiers in your search"): `now`, an epoch number, or moves
 * one behind the other: `-7d`, `@h`, `-1mon@mon`, `@d+3h`, `-7d@w1`. Without a number an amount is 1; `@w` is `@w0`,
 * Sunday, and `@w7` the same. Undefined if it is none; real-time ones (`rt-5m`) are none, either.
 */
export function parseRelativeTime(text: string): RelativeTime | undefined {
  if (text === 'now' || text === 'now()') return { kind: 'relative', moves: [] };
  if (epoch.test(text)) return { kind: 'fixed', time: epochTime(text) };
  const moves: Move[] = [];
  part.lastIndex = 0;
  for (let at = 0; at < text.length; at = part.lastIndex) {
    const move = moveOf(part.exec(text));
    if (move === undefined) return undefined;
    moves.push(move);
  }
  return moves.length === 0 ? undefined : { kind: 'relative', moves };
}

/** The time that `relative` means, seen from `time`. UTC; exact to the nanosecond. */
export function applyRelativeTime(relative: RelativeTime, time: Time): Time {
  if (relative.kind === 'fixed') return relative.time;
  return relative.moves.reduce(
    (at, move) => (move.kind === 'add' ? add(at, move.amount, move.unit) : snap(at, move)),
    time,
  );
}

function epochTime(text: string): Time {
  const [seconds = '', fraction = ''] = text.split('.');
  return BigInt(seconds) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function moveOf(match: RegExpExecArray | null): Move | undefined {
  const [, sign, digits = '', added, snapped = '', weekday = ''] = match ?? [];
  if (added !== undefined) {
    const unit = unitOf(added);
    const amount = digits === '' ? 1 : Number(digits);
    return unit && { kind: 'add', amount: sign === '-' ? -amount : amount, unit };
  }
  const unit = unitOf(snapped);
  if (unit === undefined || (weekday !== '' && snapped !== 'w')) return undefined;
  return { kind: 'snap', unit, weekday: Number(weekday) % 7 };
}

const units = Object.keys(spellings) as readonly Unit[];
const patterns = new Map(units.map((unit) => [unit, new RegExp(`^(?:${spellings[unit]})$`)]));

const unitOf = (word: string): Unit | undefined => units.find((unit) => patterns.get(unit)?.test(word));

const second = 1_000_000_000n;

/** Units that are always as long. */
const lengths = {
  second,
  minute: 60n * second,
  hour: 3_600n * second,
  day: 86_400n * second,
  week: 604_800n * second,
};

const months = { month: 1, quarter: 3, year: 12 };

function add(time: Time, amount: number, unit: Unit): Time {
  if (unit === 'month' || unit === 'quarter' || unit === 'year')
    return addMonths(time, amount * months[unit]);
  return time + BigInt(amount) * lengths[unit];
}

function addMonths(time: Time, count: number): Time {
  const day = floorTo(time, lengths.day);
  const date = dateOf(day);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + count;
  const last = startOfMonth(year, month + 1) - lengths.day;
  const wanted = startOfMonth(year, month) + BigInt(date.getUTCDate() - 1) * lengths.day;
  return (wanted < last ? wanted : last) + (time - day);
}

function snap(time: Time, { unit, weekday }: Move & { readonly kind: 'snap' }): Time {
  switch (unit) {
    case 'second':
    case 'minute':
    case 'hour':
    case 'day':
      return floorTo(time, lengths[unit]);
    case 'week':
      // The epoch was a Thursday.
      return floorTo(time, lengths.week, BigInt(weekday - 4) * lengths.day);
    case 'month':
    case 'quarter':
    case 'year': {
      const date = dateOf(time);
      const month = date.getUTCMonth();
      return startOfMonth(date.getUTCFullYear(), month - (month % months[unit]));
    }
    default:
      return unreachable(unit);
  }
}

function floorTo(time: Time, length: Time, phase = 0n): Time {
  const rest = (time - phase) % length;
  return time - (rest < 0n ? rest + length : rest);
}

/** The date of a time that a `Date` can hold; later and earlier ones become the last and the first of those. */
function dateOf(time: Time): Date {
  const ms = Number(floorTo(time, 1_000_000n) / 1_000_000n);
  return new Date(Math.max(-firstAndLast, Math.min(firstAndLast, ms)));
}

/** Milliseconds; a year within what `Date` can hold (ECMA-262 §21.4.1.1), so that a month fits on both sides. */
const firstAndLast = 8.6e15;

/** Unlike `Date.UTC`, the years 0 to 99 are those; `month` may be below 0 or above 11. */
function startOfMonth(year: number, month: number): Time {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  const ms = date.getTime();
  return fromMillis(Number.isNaN(ms) ? Math.sign(year) * firstAndLast : ms);
}
