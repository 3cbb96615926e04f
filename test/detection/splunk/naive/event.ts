import { JsonObject, parseJson } from '../../../../src/record/json.ts';
import { parseTime, type Time } from '../../../../src/record/time.ts';
import { flatten } from './flatten.ts';
import type { Row } from './table.ts';

/** What Splunk would have noted beside a line. An empty text: nothing noted. */
export interface Metadata {
  readonly source: string;
  readonly sourcetype: string;
  readonly host: string;
  readonly index: string;
}

/** A line as a row of the base search, and its time; undefined for a line that is no event (spec/spl.md §9). */
export interface Event {
  readonly row: Row;
  readonly time: Time;
}

export function eventOf(line: string, metadata: Metadata, received: Time): Event | undefined {
  const json = /^\s*\{/.test(line) ? parseJson(line) : undefined;
  if (json === undefined && /^\s*\{/.test(line)) return undefined;
  const fields = json instanceof JsonObject ? flatten(json) : keyValues(line);
  const stamp = json instanceof JsonObject ? jsonTime(fields) : lineTime(line);
  const time = stamp ?? received;
  for (const [name, value] of Object.entries({ ...metadata, _time: secondsOf(time), _raw: line })) {
    if (value === '') fields.delete(name);
    else fields.set(name, [value]);
  }
  return { row: fields, time };
}

/** Seconds with the fraction that there is. */
function secondsOf(time: Time): string {
  const fraction = (time % 1_000_000_000n).toString().padStart(9, '0').replace(/0+$/, '');
  return `${time / 1_000_000_000n}${fraction === '' ? '' : `.${fraction}`}`;
}

const timeFields = [
  'stageTimestamp',
  'requestReceivedTimestamp',
  'object.lastTimestamp',
  'object.eventTime',
  'object.firstTimestamp',
];

function jsonTime(fields: ReadonlyMap<string, readonly string[]>): Time | undefined {
  const times = timeFields.map((name) => parseTime(fields.get(name)?.[0] ?? ''));
  return times.find((time) => time !== undefined);
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const rfc3339 = /\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[-+]\d\d:\d\d)/;
const nginx = /(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([-+]\d\d)(\d\d)/;

/** The first time in a text line, as RFC 3339 or as nginx writes it. */
function lineTime(line: string): Time | undefined {
  const standard = rfc3339.exec(line);
  const log = nginx.exec(line);
  if (standard !== null && (log === null || standard.index < log.index)) return parseTime(standard[0]);
  if (log === null) return undefined;
  const [, day, month = '', year, clock, hours, minutes] = log;
  const number = String(months.indexOf(month) + 1).padStart(2, '0');
  return parseTime(`${year}-${number}-${day}T${clock}${hours}:${minutes}`);
}

/** `key=value` pairs of a text line: the first of equal keys wins, an empty value gives none. */
function keyValues(line: string): Map<string, string[]> {
  const fields = new Map<string, string[]>();
  for (const [, name = '', quoted, bare] of line.matchAll(
    /(?<=^|[\s,;([{|&])([A-Za-z_][\w.-]*)=(?:"([^"]*)"|([^\s,;()[\]{}|&"]*))/g,
  )) {
    const value = quoted ?? bare ?? '';
    if (value !== '' && !fields.has(name)) fields.set(name, [value]);
  }
  return fields;
}
