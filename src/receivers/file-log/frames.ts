import type { CutLine } from './container/join-cut-line.ts';
import type { Unpacked } from '../../envelope/unpacked.ts';
import { lineSpans } from '../../record/line-batch.ts';
import { findNulRun } from './nul-run.ts';

/** Most lines of one frame: what is handed on at once, between two looks at whether the unit of work is full. */
export const maxFrameLines = 128;

/** A stretch of a block, from `start` to `end` (exclusive), and what it is. */
export type Frame =
  /**
   * Whole lines, `maxFrameLines` at most. `spans` as those of a `LineBatch`, counted from `start`; empty if all of
   * them are blank.
   */
  | {
      readonly kind: 'lines';
      readonly start: number;
      readonly end: number;
      readonly spans: readonly number[];
    }
  /** A line that NULs end instead of a newline. */
  | { readonly kind: 'torn'; readonly start: number; readonly end: number }
  /** A line of `length` bytes, which is too many. */
  | { readonly kind: 'oversize'; readonly start: number; readonly end: number; readonly length: number }
  | { readonly kind: 'nul'; readonly start: number; readonly end: number }
  /** A line, perhaps with blank ones behind it, that holds lines; `unpacked` is asked for them once. */
  | {
      readonly kind: 'document';
      readonly start: number;
      readonly end: number;
      readonly unpacked: Unpacked;
    };

/** How a log is taken apart whose lines are wrapped in something. */
export interface Unwrapping {
  /** How many bytes of the log, at most, are waited for until there is a frame. */
  readonly longest: number;
  /**
   * As `frames`, and may write over `bytes` while it is asked. Behind the last frame stands what is not complete; with
   * `isAll` nothing more comes, and what there is of it is taken.
   */
  frames(bytes: Buffer, isAll?: boolean): Generator<Frame, void>;
  /** What is left at the end of one file and what the next begins with; absent where no line stands in two files. */
  join?(before: Buffer, after: Buffer): CutLine;
}

/**
 * Takes apart a block that begins where a line does. Frames follow each other
 * without gaps; what is behind the last of them is not complete yet. A line
 * may be `maxLine` bytes long without its line end.
 */
export function* frames(bytes: Uint8Array, maxLine: number): Generator<Frame, void> {
  let from = 0;
  while (from < bytes.length) {
    const run = findNulRun(bytes, from);
    from = yield* wholeLines(bytes.subarray(0, run?.start), from, maxLine);
    if (run === undefined) return;
    if (from < run.start) yield tornLine(from, run.start, maxLine);
    // A run up to the end of the block may go on in the next.
    if (run.end === bytes.length) return;
    yield { kind: 'nul', ...run };
    from = run.end;
  }
}

function tornLine(start: number, end: number, maxLine: number): Frame {
  const length = end - start;
  return length > maxLine ? { kind: 'oversize', start, end, length } : { kind: 'torn', start, end };
}

/** The frames of `bytes` from `from` to behind its last newline; returns where that is. */
function* wholeLines(bytes: Uint8Array, from: number, maxLine: number): Generator<Frame, number> {
  const end = bytes.lastIndexOf(10) + 1;
  if (end <= from) return from;
  const spans = lineSpans(bytes.subarray(from, end));
  let first = 0;
  for (let index = 0; index < spans.length; index += 2) {
    const length = spanLength(spans, index);
    if (length <= maxLine && index - first < maxFrameLines * 2) continue;
    if (index > first) yield linesFrame(spans, first, index, from, end);
    first = index;
    if (length <= maxLine) continue;
    const start = from + (spans[index] ?? 0);
    yield { kind: 'oversize', start, end: from + (spans[index + 2] ?? end - from), length };
    first = index + 2;
  }
  if (first < spans.length || spans.length === 0) yield linesFrame(spans, first, spans.length, from, end);
  return end;
}

const spanLength = (spans: readonly number[], index: number): number =>
  (spans[index + 1] ?? 0) - (spans[index] ?? 0);

/** The lines whose spans are `spans[first]` up to `spans[last]`; spans count from `from`. */
function linesFrame(spans: readonly number[], first: number, last: number, from: number, end: number): Frame {
  const base = first === 0 ? 0 : (spans[first] ?? 0);
  return {
    kind: 'lines',
    start: from + base,
    end: from + (spans[last] ?? end - from),
    spans: base === 0 && last === spans.length ? spans : spans.slice(first, last).map((span) => span - base),
  };
}
