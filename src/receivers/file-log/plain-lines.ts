import { isBlank } from '../../record/blank.ts';

const lineFeed = 10;
/** Most lines that are handed on at once, between two looks at whether the unit of work is full. */
export const maxBatchLines = 1_024;

/** Whole lines from the beginning of some bytes: where they end, behind a line end, and how many are not blank. */
export interface LineRun {
  readonly end: number;
  readonly size: number;
}

/**
 * Where the last whole line of `bytes` ends, which begin where a line does, if there is nothing but lines in them: no
 * NUL, none longer than `maxLine` bytes. Undefined if there is, or might be. By native searches only: nearly all of a
 * log is such.
 */
export function plainEnd(bytes: Buffer, maxLine: number): number | undefined {
  if (bytes.includes(0)) return undefined;
  const end = bytes.lastIndexOf(lineFeed) + 1;
  let from = 0;
  while (end - from > maxLine) {
    const newline = bytes.lastIndexOf(lineFeed, from + maxLine);
    if (newline < from) return undefined;
    from = newline + 1;
  }
  return end;
}

/** The first `most` lines of `bytes`, which are whole lines; blank ones beside them. */
export function firstLines(bytes: Buffer, most: number): LineRun {
  let size = 0;
  let end = 0;
  while (size < most && end < bytes.length) {
    const newline = bytes.indexOf(lineFeed, end);
    if (!isBlank(bytes, end, newline)) size++;
    end = newline + 1;
  }
  return { end, size };
}
