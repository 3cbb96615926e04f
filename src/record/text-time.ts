import { parseTime, type Time } from './time.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const written = new RegExp(
  [
    // RFC 3339.
    String.raw`(?<!\d)\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:?\d\d)(?!\d)`,
    // What nginx calls $time_local: 12/Apr/2026:10:15:00 +0000.
    String.raw`(?<!\d)(\d\d)/(${months.join('|')})/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})(?!\d)`,
  ].join('|'),
  'g',
);

/**
 * The first time in `text`, as RFC 3339 or nginx write it (spec/spl.md §9); undefined if there is none. What looks like a
 * time and is none, such as one in February's 30th day, is passed over.
 */
export function timeIn(text: string): Time | undefined {
  for (const [standard, day, month = '', year, clock, zone] of text.matchAll(written)) {
    const number = String(months.indexOf(month) + 1).padStart(2, '0');
    const time = parseTime(day === undefined ? standard : `${year}-${number}-${day}T${clock}${zone}`);
    if (time !== undefined) return time;
  }
  return undefined;
}
