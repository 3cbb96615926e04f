/** Nanoseconds since 1970-01-01 UTC. */
export type Time = bigint;

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9})\d*)?(?:([Zz])|([+-])(\d\d):?(\d\d))$/;

/** The time that an RFC 3339 text names, to the nanosecond; undefined if it names none. */
export function parseTime(text: string): Time | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = '', , sign, zoneHour, zoneMinute] = match;
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // Date.parse takes the 31st of a short month, and 24:00, for the next day.
  if (Number.isNaN(ms) || new Date(ms).getUTCDate() !== Number(day)) return undefined;
  const zone =
    sign === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(zoneHour) * 60 + Number(zoneMinute));
  return BigInt(ms - zone * 60_000) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

/** RFC 3339 in UTC with as many of 0, 3, 6 or 9 digits of fraction as the time needs. */
export function formatTime(time: Time): string {
  const ns = ((time % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = Number((time - ns) / 1_000_000_000n);
  const head = new Date(seconds * 1_000).toISOString().slice(0, -5);
  const digits = ns
    .toString()
    .padStart(9, '0')
    .replace(/(?:000)+$/, '');
  return digits === '' ? `${head}Z` : `${head}.${digits}Z`;
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
