import { parseTime } from '../../record/time.ts';
import { readAt, type LogSource } from './read-at.ts';

/** The last field of an event but its annotations (spec/k8s-audit.md §12): what a client sends stands before it. */
const field = Buffer.from('"stageTimestamp":"');
const longestTime = 40;
const tailBytes = 4_096;
const lineBytes = 65_536;

/** The time that the last line before `offset` tells of its event, as it stands there; undefined if none is found. */
export function eventTimeBefore(source: LogSource, offset: number): string | undefined {
  const bytes = Buffer.alloc(Math.min(tailBytes, offset));
  return lastTime(bytes.subarray(0, readAt(source, bytes, offset - bytes.length)));
}

/** The time that the first line tells of its event, as it stands there; undefined if none is found. */
export function firstEventTime(source: LogSource): string | undefined {
  const bytes = Buffer.alloc(lineBytes);
  const filled = bytes.subarray(0, readAt(source, bytes, 0));
  const newline = filled.indexOf(10);
  return newline === -1 ? undefined : lastTime(filled.subarray(0, newline));
}

function lastTime(bytes: Buffer): string | undefined {
  const at = bytes.lastIndexOf(field);
  if (at === -1) return undefined;
  const from = at + field.length;
  const to = bytes.indexOf('"', from);
  if (to === -1 || to - from > longestTime) return undefined;
  const text = bytes.toString('latin1', from, to);
  return parseTime(text) === undefined ? undefined : text;
}
