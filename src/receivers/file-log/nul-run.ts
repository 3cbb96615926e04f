const lineFeed = 10;
const openingBrace = 123;
const pageBytes = 4_096;

/** Bytes `start` to `end` (exclusive) are NUL. */
export interface NulRun {
  readonly start: number;
  readonly end: number;
}

/** Where the run of NULs that begins at `from` ends: the first other byte, or the end of `bytes`. */
export function nulRunEnd(bytes: Uint8Array, from: number): number {
  if (bytes[from] !== 0) return from;
  let end = from;
  let step = bytes.length - from;
  // All NUL if equal to itself moved by one: a comparison of memory, where a loop would take a second a gigabyte.
  while (step >= 64) {
    const whole = bytes.subarray(end, end + step);
    if (whole[0] === 0 && Buffer.compare(whole.subarray(1), whole.subarray(0, -1)) === 0) end += whole.length;
    step >>= 1;
  }
  while (end < bytes.length && bytes[end] === 0) end++;
  return end;
}

/**
 * The first run of NULs from `from` that is no part of a line (spec/reliability.md W6): a hole that a truncation
 * left or a power cut filled. It begins where a line would, or is a page long, or a new object begins behind it.
 * Any other NUL stays in its line, which is malformed for it.
 */
export function findNulRun(bytes: Uint8Array, from: number): NulRun | undefined {
  let start = bytes.indexOf(0, from);
  while (start !== -1) {
    const end = nulRunEnd(bytes, start);
    const atLineStart = start === from || bytes[start - 1] === lineFeed;
    if (atLineStart || end - start >= pageBytes || bytes[end] === openingBrace) return { start, end };
    start = bytes.indexOf(0, end);
  }
  return undefined;
}
