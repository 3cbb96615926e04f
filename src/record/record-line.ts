import { DecodedLine, type Line } from './line.ts';
import type { LogRecord } from './record.ts';
import { toJson } from './to-json.ts';

const encoder = new TextEncoder();

/**
 * The body of a record as a line that ends at `end`: text as it is, bytes as UTF-8, a map or a list as JSON. There a
 * key stands once, 64-bit integers have all their digits, and what JSON has no number for (NaN, infinities) is null.
 */
export function recordLine({ body }: LogRecord, end: number): Line {
  const bytes =
    body instanceof Uint8Array ? body : encoder.encode(typeof body === 'string' ? body : toJson(body));
  return new DecodedLine(bytes, end);
}
