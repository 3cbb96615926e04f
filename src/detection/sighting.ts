import type { BatchMemory } from '../record/batch-memory.ts';
import type { LineBatch } from '../record/line-batch.ts';
import type { Line } from '../record/line.ts';
import type { ScannedBatch } from '../record/scanned-batch.ts';
import { clockLines } from './operators/clock-lines.ts';
import type { FoundLines, LineScanner } from './scanner.ts';

/** What a scan has seen in one batch; it was just made, or by another thread. Valid until the next scan. */
export interface Sighting {
  readonly found: FoundLines;
  /** Lines that the clock of the stream goes by, in order. */
  readonly clock: readonly ClockMark[];
  /** A line of either kind, by its start and its end. */
  readonly lineAt: (start: number, end: number) => Line;
  /** Offset in the stream of the byte behind its line end. */
  readonly endOf: (end: number) => number;
}

export interface ClockMark {
  readonly start: number;
  readonly end: number;
  /** As `LineScanner.likelyStampOf` and `isEvent` have it. */
  readonly stamp: () => string | undefined;
  readonly isEvent: () => boolean;
}

/** Scans a batch that lies in `memory`. */
export function scanNow(batch: LineBatch, memory: BatchMemory, scanner: LineScanner): Sighting {
  const { bytes } = batch;
  const found = scanner.scan({ memory, offset: bytes.byteOffset, length: bytes.length });
  const marks = clockLines(bytes, batch.start);
  const clock: ClockMark[] = [];
  for (let at = 0; at < marks.length; at += 2) {
    const [start, end] = [marks[at] ?? 0, marks[at + 1] ?? 0];
    const stamp = (): string | undefined => scanner.likelyStampOf(start);
    clock.push({ start, end, stamp, isEvent: () => scanner.isEvent(start) });
  }
  return { found, clock, ...placesIn(batch) };
}

/** Takes over what another thread has seen. */
export function scannedAhead(batch: ScannedBatch): Sighting {
  const { lines, candidates, words, clock } = batch.scan;
  const stride = 3 + words;
  const at = (index: number, field: number): number => candidates[index * stride + field] ?? 0;
  return {
    found: {
      lines,
      count: candidates.length / stride,
      start: (index) => at(index, 0),
      end: (index) => at(index, 1),
      odd: (index) => at(index, 2) === 1,
      plans: (index, word) => at(index, 3 + word),
    },
    clock: clock.map(({ start, end, likely, certain }) => ({
      start,
      end,
      stamp: () => likely,
      isEvent: () => certain,
    })),
    ...placesIn(batch),
  };
}

const placesIn = (batch: LineBatch | ScannedBatch): Pick<Sighting, 'lineAt' | 'endOf'> => ({
  lineAt: (start, end) => batch.lineAt(start, end),
  endOf: (end) => batch.endOf(end),
});
