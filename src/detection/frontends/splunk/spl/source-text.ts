import { assert } from '../../../../util/assert.ts';

/** Where a character was written; line and column from 1. */
export interface Written {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Macro calls that brought it here, innermost first; empty for the search's own text. */
  readonly through: readonly MacroCall[];
}

/** The call of a macro: its name, and where the call is written. */
export interface MacroCall {
  readonly macro: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A text that remembers where each of its characters was written. */
export interface SourceText {
  readonly text: string;
  /** Of the character at `offset`; of the last one behind the end. */
  at(offset: number): Written;
}

/** A text as a file has it: its first character is at `line` and `column`, and each `\n` in it begins a line. */
export function plainText(text: string, file: string, line = 1, column = 1): SourceText {
  let starts: readonly number[] | undefined;
  return {
    text,
    at(offset) {
      const inside = Math.max(0, Math.min(offset, text.length - 1));
      starts ??= lineStarts(text);
      const index = lastNotAbove(starts, inside);
      const beyond = inside - (starts[index] ?? 0);
      return { file, line: line + index, column: index === 0 ? column + beyond : 1 + beyond, through: [] };
    },
  };
}

/** A text all of which was written at one place: what an escape, a fold or a default stands for. */
export const textWrittenAt = (text: string, at: Written): SourceText => ({ text, at: () => at });

/** Texts behind one another. At least one; empty ones do no harm. */
export function joinedText(pieces: readonly SourceText[]): SourceText {
  assert(pieces.length > 0, 'a joined text needs a piece');
  const filled = pieces.filter(({ text }) => text !== '');
  const used = filled.length > 0 ? filled : pieces.slice(0, 1);
  const starts: number[] = [];
  let length = 0;
  for (const { text } of used) {
    starts.push(length);
    length += text.length;
  }
  return {
    text: used.map(({ text }) => text).join(''),
    at(offset) {
      const index = lastNotAbove(starts, offset);
      const piece = used[index];
      assert(piece !== undefined, 'an offset lies in a piece');
      return piece.at(offset - (starts[index] ?? 0));
    },
  };
}

/** The stretch of `source` from `start` to before `end`. */
export function slicedText(source: SourceText, start: number, end: number): SourceText {
  const last = Math.max(start, end - 1);
  return {
    text: source.text.slice(start, end),
    at: (offset) => source.at(Math.max(start, Math.min(start + offset, last))),
  };
}

/** `source`, brought by `calls` (innermost first) to where it stands now. */
export const textThrough = (source: SourceText, calls: readonly MacroCall[]): SourceText => ({
  text: source.text,
  at(offset) {
    const written = source.at(offset);
    return { ...written, through: [...written.through, ...calls] };
  },
});

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Index of the last of `starts` (ascending, the first is 0) that is not above `offset`. */
function lastNotAbove(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
