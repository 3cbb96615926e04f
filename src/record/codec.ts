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
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return { [big]: '-0' };
    return Number.isFinite(value) ? value : { [big]: String(value) };
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Uint8Array) return { [bytes]: Buffer.from(value).toString('base64') };
  const plain = withItems(value, tagged);
  return isTag(onlyKey(value)) ? { [map]: plain } : plain;
}

function untagged(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const only = onlyKey(value);
  if (!isTag(only)) return withItems(value, untagged);
  const held = (value as Record<string, unknown>)[only];
  if (only === map) return withItems(held as object, untagged);
  if (only === bytes) return new Uint8Array(Buffer.from(String(held), 'base64'));
  return /^-?[1-9]\d*$|^0$/.test(String(held)) ? BigInt(String(held)) : Number(held);
}

/** A map or list with `change` made to each item: itself, as it mostly is, if that changes none. */
function withItems(value: object, change: (item: unknown) => unknown): object {
  const items = value as Record<string, unknown>;
  let copy: Record<string, unknown> | undefined;
  for (const key in items) {
    const item = items[key];
    const changed = change(item);
    if (changed === item) continue;
    copy ??= (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
    copy[key] = changed;
  }
  return copy ?? value;
}

/** The key of a map that has no other; undefined of any other value. */
function onlyKey(value: object): string | undefined {
  let only: string | undefined;
  for (const key in value) {
    if (only !== undefined) return undefined;
    only = key;
  }
  return only;
}

const isTag = (key: string | undefined): key is string => key === big || key === bytes || key === map;
