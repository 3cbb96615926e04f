/** Nanoseconds since 1970-01-01 UTC. */
export type Time = bigint;

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:([Zz])|([+-])(\d\d):?(\d\d))$/;

/** The time that an RFC 3339 text names, to the nanosecond; undefined if it names none. */
export const parseTime = (text: string): Time | undefined => usualTime(text) ?? anyTime(text);

/** `2026-04-12T12:30:19.770193Z`, as an apiserver writes it: many times faster. Undefined if it is something else. */
function usualTime(text: string): Time | undefined {
  const { length } = text;
  if (length !== 27 || text[19] !== '.' || text[26] !== 'Z' || text[10] !== 'T') return undefined;
  if (text[13] !== ':' || text[16] !== ':') return undefined;
  const midnight = dayOf(text.slice(0, 10));
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  const micros = digits(text, 20, 26);
  // NaN is in no range.
  const valid = hour <= 23 && minute <= 59 && second <= 59 && micros >= 0;
  if (midnight === undefined || !valid) return undefined;
  return midnight + BigInt(((hour * 60 + minute) * 60 + second) * 1_000_000 + micros) * 1_000n;
}

/** The number that stands from `from` to `to`; NaN if there is anything but digits. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The day that was asked for last: times of a log mostly share it. */
let lastDay: { readonly text: string; readonly midnight: Time | undefined } = {
  text: '',
  midnight: undefined,
};

function dayOf(text: string): Time | undefined {
  if (lastDay.text !== text) lastDay = { text, midnight: anyTime(`${text}T00:00:00Z`) };
  return lastDay.midnight;
}

function anyTime(text: string): Time | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const days = daysUntil(Number(match[1]), Number(match[2]), Number(match[3]));
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6])];
  if (days === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0);
  const minutes = (days * 24 + hour) * 60 + minute - (match[9] === '-' ? -zone : zone);
  return BigInt(minutes * 60 + second) * 1_000_000_000n + BigInt((match[7] ?? '').padEnd(9, '0'));
}

const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];
const daysBefore1970 = 719_528;

/** Days from 1970-01-01 to a day of the Gregorian calendar; undefined if there is no such day. */
function daysUntil(year: number, month: number, day: number): number | undefined {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const before = daysBefore[month - 1];
  const last = (daysBefore[month] ?? 0) - (before ?? 0) + Number(isLeap && month === 2);
  if (before === undefined || day < 1 || day > last) return undefined;
  const leaps = Math.ceil(year / 4) - Math.ceil(year / 100) + Math.ceil(year / 400);
  return year * 365 + leaps + before + Number(isLeap && month > 2) + day - 1 - daysBefore1970;
}

/** RFC 3339 in UTC with as many of 0, 3, 6 or 9 digits of fraction as the time needs. */
export function formatTime(time: Time): string {
  const ns = ((time % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = Number((time - ns) / 1_000_000_000n);
  const head = new Date(seconds * 1_000).toISOString().slice(0, -5);
  if (ns === 0n) return `${head}Z`;
  const digits = ns
    .toString()
    .padStart(9, '0')
    .replace(/(?:000)+$/, '');
  return `${head}.${digits}Z`;
}

/** Seconds since 1970 with as many of 9 digits of fraction as the time needs, as Splunk's `_time`: `1776000000.25`. */
export function epochText(time: Time): string {
  const size = time < 0n ? -time : time;
  const digits = String(size % 1_000_000_000n)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${time < 0n ? '-' : ''}${size / 1_000_000_000n}${digits === '' ? '' : `.${digits}`}`;
}

/** Rounded up, in milliseconds. */
export const toMillis = (time: Time): number => Number((time + 999_999n) / 1_000_000n);

export const fromMillis = (ms: number): Time => BigInt(Math.round(ms)) * 1_000_000n;
