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
  if (typeof value === 'bigint') return { [big]: value.toString() };
  if (Object.is(value, -0)) return { [big]: '-0' };
  if (typeof value === 'number' && !Number.isFinite(value)) return { [big]: String(value) };
  if (value instanceof Uint8Array) return { [bytes]: Buffer.from(value).toString('base64') };
  if (Array.isArray(value)) return value.map(tagged);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).map(([key, item]) => [key, tagged(item)] as const);
  const plain = Object.fromEntries(entries);
  const [only] = entries.length === 1 ? (entries[0] ?? []) : [];
  return only === big || only === bytes || only === map ? { [map]: plain } : plain;
}

function untagged(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(untagged);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value);
  const [only, item] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (only === big) return /^-?[1-9]\d*$|^0$/.test(String(item)) ? BigInt(String(item)) : Number(item);
  if (only === bytes) return new Uint8Array(Buffer.from(String(item), 'base64'));
  const inside = only === map ? Object.entries(item as object) : entries;
  return Object.fromEntries(inside.map(([key, held]) => [key, untagged(held)]));
}
