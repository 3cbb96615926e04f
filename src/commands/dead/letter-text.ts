import type { StoredLetter } from '../../pipeline/outbox/dead-letters.ts';
import { decodeRecord } from '../../record/codec.ts';
import { formatTime } from '../../record/time.ts';
import { printable } from '../../util/printable.ts';
import { asciiJson } from '../../util/ascii-json.ts';
import { formatLetterId } from './letter-id.ts';

const longestTitle = 80;

/** `otlp_http:12  2026-04-12T12:00:00Z  Secret read by a new user  400 Bad Request from ...`: safe on a terminal. */
export function letterLine(letter: StoredLetter): string {
  const { attributes, eventName } = decodeRecord(letter.record);
  const rule = attributes['security_rule.name'] ?? attributes['riskpipe.notice.kind'];
  const title = typeof rule === 'string' && rule !== '' ? rule : eventName || 'a record';
  const parts = [formatLetterId(letter), formatTime(letter.at), title.slice(0, longestTitle), letter.reason];
  return parts.map(printable).join('  ');
}

/** All of it as JSON, with nothing but ASCII: 64-bit integers as text, bytes in base64. */
export function letterJson(letter: StoredLetter): string {
  const { reason, status, at } = letter;
  const shown = {
    id: formatLetterId(letter),
    at: formatTime(at),
    ...(status !== undefined && { status }),
    reason,
    record: decodeRecord(letter.record),
  };
  const plain = (_: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return value.toString();
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
  };
  return asciiJson(JSON.stringify(shown, plain, 2));
}
