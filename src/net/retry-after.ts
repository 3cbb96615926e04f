import { fromMillis, type Time } from '../record/time.ts';

/** However long a backend asks us to stay away, we try again after so many milliseconds (spec/reliability.md W20). */
export const longestWaitMs = 10 * 60_000;

// The one form that RFC 9110 §5.6.7 lets a sender write; `Date.parse` alone would take "-5" for a year.
const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Milliseconds from `now` until a `Retry-After` header lets us try again; undefined if it says nothing usable. */
export function retryAfterMs(header: string | undefined, now: Time): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, longestWaitMs);
  const at = date.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return undefined;
  return Math.min(Math.max(0, Number((fromMillis(at) - now) / 1_000_000n)), longestWaitMs);
}
