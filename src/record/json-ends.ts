import { ascii, tableOf } from './json-bytes.ts';

const { quote, backslash, openList, closeList, openObject, closeObject } = ascii;

/** By byte: 1 if it neither ends a string nor escapes what comes next. */
const isPlain = tableOf((byte) => byte !== quote && byte !== backslash);

/** Behind the bracket that closes the one at `from`, or behind the bytes. What stands between need not be JSON. */
export function containerEnd(bytes: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < bytes.length;) {
    const byte = bytes[at];
    at = byte === quote ? stringEnd(bytes, at) : at + 1;
    if (byte === openObject || byte === openList) depth++;
    else if ((byte === closeObject || byte === closeList) && --depth === 0) return at;
  }
  return bytes.length + 1;
}

/** Behind the quote that ends the string whose first one is at `from`, or behind the bytes. */
export function stringEnd(bytes: Buffer, from: number): number {
  for (let at = from + 1; ; at += 2) {
    while (isPlain[bytes[at] ?? quote] === 1) at++;
    if (at >= bytes.length) return bytes.length + 1;
    if (bytes[at] === quote) return at + 1;
  }
}
