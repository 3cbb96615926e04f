import { fromMillis, type Time } from '../../../record/time.ts';

/** What a text says of a time; what it leaves out is not there. */
export interface Said {
  readonly year?: number;
  /** From 1, as days are. */
  readonly month?: number;
  readonly day?: number;
  readonly dayOfYear?: number;
  readonly hour?: number;
  readonly hourOf12?: number;
  readonly afternoon?: boolean;
  readonly minute?: number;
  readonly second?: number;
  readonly nanoseconds?: bigint;
  /** Seconds east of UTC. */
  readonly zone?: number;
  /** Seconds since 1970: whatever else is said, but for what is below a second, does not matter. */
  readonly epoch?: bigint;
}

/** The time that was said; undefined if there is no such day or time of day. Date and year left out are those of `now`. */
export function timeSaid(said: Said, now: Time): Time | undefined {
  const { epoch, nanoseconds = 0n, zone = 0 } = said;
  if (epoch !== undefined) return epoch * 1_000_000_000n + nanoseconds;
  const day = dayOf(said, new Date(Number(now / 1_000_000n)));
  const second = secondOfDay(said);
  if (day === undefined || second === undefined) return undefined;
  return fromMillis(day + (second - zone) * 1_000) + nanoseconds;
}

/** Milliseconds at the beginning of the day, as if it were one of UTC. */
function dayOf({ year, month, day, dayOfYear }: Said, now: Date): number | undefined {
  const inYear = year ?? now.getUTCFullYear();
  if (dayOfYear !== undefined && month === undefined) {
    const date = dateOf(inYear, 1, dayOfYear);
    return dayOfYear >= 1 && date.getUTCFullYear() === inYear ? date.getTime() : undefined;
  }
  const today = year === undefined && month === undefined && day === undefined;
  const inMonth = month ?? (year === undefined ? now.getUTCMonth() + 1 : 1);
  const onDay = day ?? (today ? now.getUTCDate() : 1);
  const date = dateOf(inYear, inMonth, onDay);
  const exists = date.getUTCMonth() + 1 === inMonth && date.getUTCDate() === onDay;
  return exists ? date.getTime() : undefined;
}

/** Unlike `Date.UTC`, the years 0 to 99 are those. */
function dateOf(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date;
}

/** A leap second is the first one of the next minute. */
function secondOfDay({
  hour,
  hourOf12,
  afternoon = false,
  minute = 0,
  second = 0,
}: Said): number | undefined {
  if (hourOf12 !== undefined && (hourOf12 < 1 || hourOf12 > 12)) return undefined;
  const hours = hour ?? (hourOf12 === undefined ? 0 : (hourOf12 % 12) + (afternoon ? 12 : 0));
  return hours > 23 || minute > 59 || second > 60 ? undefined : hours * 3_600 + minute * 60 + second;
}
