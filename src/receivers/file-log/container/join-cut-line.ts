import type { ContainerLine, ReadContainerLine } from './container-line.ts';

/** What the parts of a line are that stand at the end of one file and at the beginning of the next. */
export type CutLine =
  /** They are a line, which ends at byte `end` of the next file. */
  | { readonly kind: 'whole'; readonly line: Buffer; readonly end: number }
  /** The last of them is still to come. */
  | { readonly kind: 'open' }
  /** They do not belong together. */
  | { readonly kind: 'none' };

const lineFeed = 10;
const none: CutLine = { kind: 'none' };

/**
 * Puts together the line that a rotation has cut: `before` is what its first file has behind the last whole line,
 * `after` what the next file begins with. That they are one line shows in that they give a JSON object together: the
 * beginning of one, with a whole one behind it, never does. Lines of others between the parts: `none`.
 */
export function joinCutLine(before: Buffer, after: Buffer, read: ReadContainerLine): CutLine {
  const begun = partsOf(before, read);
  const [first] = begun.parts;
  if (first === undefined || begun.isEnded || begun.end < before.length) return none;
  const { parts, isEnded, end } = partsOf(after, read, first.stream);
  if (!isEnded) return after.includes(lineFeed, end) ? none : { kind: 'open' };
  const line = Buffer.concat([...begun.parts, ...parts].map(({ payload }) => payload));
  return isObject(line) ? { kind: 'whole', line, end } : none;
}

/** The parts that `bytes` begin with, all of one stream, up to the one that ends their line; and where they end. */
function partsOf(
  bytes: Buffer,
  read: ReadContainerLine,
  stream?: ContainerLine['stream'],
): { readonly parts: readonly ContainerLine[]; readonly isEnded: boolean; readonly end: number } {
  const parts: ContainerLine[] = [];
  let end = 0;
  for (let newline; (newline = bytes.indexOf(lineFeed, end)) !== -1; end = newline + 1) {
    const line = read(bytes, end, newline);
    if (line === undefined || line.stream !== (stream ?? parts[0]?.stream ?? line.stream)) break;
    parts.push(line);
    if (line.isLast) return { parts, isEnded: true, end: newline + 1 };
  }
  return { parts, isEnded: false, end };
}

function isObject(line: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(line.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
