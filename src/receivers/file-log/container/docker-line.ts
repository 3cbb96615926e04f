import { z } from 'zod';
import type { ContainerLine } from './container-line.ts';

/** Docker writes this field first; an audit event has no such one. */
const beginning = Buffer.from('{"log":"');
const entry = z.object({ log: z.string(), stream: z.enum(['stdout', 'stderr']) });
const lineFeed = 10;

/**
 * Reads a line of Docker's `json-file`: `{"log":"<payload>\n","stream":"stdout","time":"..."}`. A payload without `\n`
 * is a part, of which the next entry of the stream has the rest.
 */
export function dockerLine(bytes: Buffer, from: number, to: number): ContainerLine | undefined {
  const head = bytes.subarray(from, Math.min(to, from + beginning.length));
  if (!beginning.equals(head)) return undefined;
  const { data } = entry.safeParse(parsed(bytes.toString('utf8', from, to)));
  if (data === undefined) return undefined;
  const { log, stream } = data;
  const isLast = log.endsWith('\n');
  const payload = Buffer.from(isLast ? log.slice(0, -1) : log);
  // Nothing that Docker writes: several lines in one, or bytes that are no UTF-8, of which each becomes three.
  if (payload.includes(lineFeed) || payload.length > to - from) return undefined;
  return { stream, isLast, payload };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
