import type { ClockLine, ScannedLines } from '../record/scanned-lines.ts';
import { clockLines } from './operators/clock-lines.ts';
import type { FoundLines, LineScanner, ScannedBytes, ScannerMaker } from './scanner.ts';
import { Scanners, type ScanTarget } from './scanners.ts';

/**
 * Scans whole lines, which begin at offset `start` of their stream, for a target and its `open` probes; undefined if
 * there can be no scanner. All of what it finds out is in the answer, so that another thread can go by it.
 */
export type ScanAhead = (
  bytes: ScannedBytes,
  start: number,
  open: readonly number[],
) => ScannedLines | undefined;

const carriageReturn = 13;

export function scanAhead(target: ScanTarget, make: ScannerMaker): ScanAhead {
  const scanners = new Scanners(target, make);
  return ({ memory, offset, length }, start, open) => {
    const scanner = scanners.get(new Set(open));
    if (scanner === undefined) return undefined;
    const bytes = memory.buffer.subarray(offset, offset + length);
    const found = scanner.scan({ memory, offset, length });
    const words = Math.ceil(target.plans.length / 32);
    const { candidates, ends } = candidatesOf(found, words);
    const clock = clockOf(clockLines(bytes, start), scanner);
    const returns = [...ends, ...clock.map(({ end }) => end)].filter((end) => bytes[end] === carriageReturn);
    return { lines: found.lines, open, candidates, words, clock, returns };
  };
}

function candidatesOf(
  found: FoundLines,
  words: number,
): { readonly candidates: Uint32Array; readonly ends: readonly number[] } {
  const candidates = new Uint32Array(found.count * (3 + words));
  const ends: number[] = [];
  for (let index = 0, at = 0; index < found.count; index++) {
    const end = found.end(index);
    ends.push(end);
    candidates[at++] = found.start(index);
    candidates[at++] = end;
    candidates[at++] = Number(found.odd(index));
    for (let word = 0; word < words; word++) candidates[at++] = found.plans(index, word);
  }
  return { candidates, ends };
}

/** `marks`: start and end of each line, as `clockLines` has them. */
function clockOf(marks: readonly number[], scanner: LineScanner): readonly ClockLine[] {
  const lines: ClockLine[] = [];
  for (let at = 0; at < marks.length; at += 2) {
    const [start, end] = [marks[at] ?? 0, marks[at + 1] ?? 0];
    lines.push({ start, end, likely: scanner.likelyStampOf(start), certain: scanner.isEvent(start) });
  }
  return lines;
}
