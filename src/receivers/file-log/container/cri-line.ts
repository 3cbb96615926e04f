import type { ContainerLine } from './container-line.ts';

/** An RFC 3339 time in seconds with "Z", and one in nanoseconds with an offset. */
const shortestTime = 20;
const longestTime = 35;
const streams = [
  ['stdout', Buffer.from(' stdout ')],
  ['stderr', Buffer.from(' stderr ')],
] as const;
const streamLength = 8;
const [space, dash, colon, letterT, full, partial] = [32, 45, 58, 84, 70, 80];

/**
 * Reads a line as containerd and CRI-O write it: `<RFC 3339 time> stdout|stderr F|P <payload>`. F ends a line, P does
 * not (spec/k8s-audit.md §9, "Collectors"); further tags may follow, each behind a colon.
 */
export function criLine(bytes: Buffer, from: number, to: number): ContainerLine | undefined {
  if (bytes[from + 4] !== dash || bytes[from + 10] !== letterT) return undefined;
  const timeEnd = bytes.subarray(from, Math.min(to, from + longestTime + 1)).indexOf(space, shortestTime);
  if (timeEnd === -1) return undefined;
  const at = from + timeEnd;
  const stream = streams.find(([, text]) => isAt(bytes, at, text))?.[0];
  const tag = at + streamLength;
  if (stream === undefined || tag >= to || (bytes[tag] !== full && bytes[tag] !== partial)) return undefined;
  const start = behindTags(bytes, tag + 1, to);
  if (start === undefined) return undefined;
  return { stream, isLast: bytes[tag] === full, payload: bytes.subarray(start, to) };
}

/** Where the payload begins behind the first tag, which ends at `at`; an empty one may lack the space before it. */
function behindTags(bytes: Buffer, at: number, to: number): number | undefined {
  if (at === to) return to;
  if (bytes[at] === space) return at + 1;
  if (bytes[at] !== colon) return undefined;
  const end = bytes.indexOf(space, at);
  return end === -1 || end >= to ? to : end + 1;
}

function isAt(bytes: Buffer, at: number, text: Buffer): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}
