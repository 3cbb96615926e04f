import { Cron as Schedule } from 'croner';
import { fromMillis, type Time } from '../../record/time.ts';

/** The times, in whole minutes of UTC, that a cron expression names. */
export interface Cron {
  /** The first one behind `time`; undefined if there is none up to the year 9999. */
  next(time: Time): Time | undefined;
  /** The last one at or before `time`; undefined if there is none since the year 1. */
  last(time: Time): Time | undefined;
}

/**
 * Five fields as cron(5) has them: numbers, names of months and weekdays, `*`, lists, ranges and steps. A time fits if
 * both days do, or either one where neither is `*`. The other signs that croner knows are refused: Splunk knows none
 * of them, and `?` would read the clock.
 */
const fields = /^(?:[\d*,/-]+ +){3}[\da-z*,/-]+ +[\da-z*,/-]+$/i;
const names = /[a-z]+/gi;
const known = new Set(
  'jan feb mar apr may jun jul aug sep oct nov dec sun mon tue wed thu fri sat'.split(' '),
);

/** A cron expression, ready to ask; undefined if it is none. */
export function compileCron(text: string): Cron | undefined {
  const pattern = text.trim();
  if (!fields.test(pattern)) return undefined;
  if (pattern.match(names)?.some((name) => !known.has(name.toLowerCase())) === true) return undefined;
  const schedule = scheduleOf(pattern);
  return (
    schedule && {
      next: (time) => timeOf(schedule.nextRun(new Date(seconds(time) * 1_000))),
      // What is asked for is strictly before the date.
      last: (time) => timeOf(schedule.previousRuns(1, new Date((seconds(time) + 1) * 1_000))[0]),
    }
  );
}

/** No time zone by name: an offset is five times as fast. */
function scheduleOf(pattern: string): Schedule | undefined {
  try {
    return new Schedule(pattern, { mode: '5-part', utcOffset: 0 });
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

const timeOf = (date: Date | null | undefined): Time | undefined =>
  date ? fromMillis(date.getTime()) : undefined;

/** Runs are whole minutes: what is lost below a second decides nothing. */
function seconds(time: Time): number {
  const whole = time / 1_000_000_000n - (time % 1_000_000_000n < 0n ? 1n : 0n);
  return Math.max(firstSecond, Math.min(lastSecond, Number(whole)));
}

/** Of the years 1 and 9999. */
const firstSecond = -62_135_596_800;
const lastSecond = 253_402_300_799;
