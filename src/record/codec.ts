import type { LogRecord } from './record.ts';

// JSON has neither 64-bit integers, nor NaN, infinities and minus zero, nor bytes: such a value becomes an object of
// one of these two keys. A map that happens to have just such a key is wrapped in `$map`.
const big = '$int';
const bytes = '$bytes';
const map = '$map';

/** A record as text for the store. `decodeRecord(encodeRecord(r))` equals `r`. */
export function encodeRecord(record: LogRecord): string {
  return JSON.stringify(tagged(record));
}

/** Throws if `text` is not what `encodeRecord` wrote. */
export function decodeRecord(text: string): LogRecord {
  return untagged(JSON.parse(text)) as LogRecord;
}

function tagged(value: unknown): unknown {
  if (!needsTags(value)) return value;
  if (typeof value === 'bigint') return { [big]: value.toString() };
  if (typeof value === 'number') return { [big]: Object.is(value, -0) ? '-0' : String(value) };
  if (value instanceof Uint8Array) return { [bytes]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(tagged);
  const entries = Object.entries(value as object).map(([key, item]) => [key, tagged(item)] as const);
  const plain = Object.fromEntries(entries);
  return isTag(value as object) ? { [map]: plain } : plain;
}

function untagged(value: unknown): unknown {
  if (!hasTags(value)) return value;
  if (Array.isArray(value)) return value.map(untagged);
  const entries = Object.entries(value as object);
  const [only, item] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (only === big) return /^-?[1-9]\d*$|^0$/.test(String(item)) ? BigInt(String(item)) : Number(item);
  if (only === bytes) return new Uint8Array(Buffer.from(String(item), 'base64'));
  const inside = only === map ? Object.entries(item as object) : entries;
  return Object.fromEntries(inside.map(([key, held]) => [key, untagged(held)]));
}

// Hardly any map or list holds something that JSON has not: those go as they are, instead of a copy.

function needsTags(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value) || Object.is(value, -0);
  if (typeof value !== 'object' || value === null) return typeof value === 'bigint';
  return value instanceof Uint8Array || isTag(value) || someItem(value, needsTags);
}

const hasTags = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (isTag(value) || someItem(value, hasTags));

function someItem(value: object, has: (item: unknown) => boolean): boolean {
  if (Array.isArray(value)) return value.some(has);
  for (const key in value) if (has((value as Record<string, unknown>)[key])) return true;
  return false;
}

/** True of a map of one key, which is one of the three. */
function isTag(value: object): boolean {
  let only: string | undefined;
  for (const key in value) {
    if (only !== undefined) return false;
    only = key;
  }
  return only === big || only === bytes || only === map;
}
