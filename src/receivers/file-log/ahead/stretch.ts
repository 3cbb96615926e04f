import type { ScannedLines } from '../../../record/scanned-lines.ts';

/** A part of a file that a thread is to scan, in bytes, and what for: sent to the thread as it is. */
export interface Stretch {
  readonly path: string;
  /** The file has to be this one (`FileFacts`). */
  readonly inode: string;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Of the consumer's `ScanOrder`. */
  readonly open: readonly number[];
}

/** Whole lines of a file that were scanned: `length` bytes from offset `start` on. */
export interface ScannedRun {
  readonly start: number;
  readonly length: number;
  readonly scan: ScannedLines;
}

/** What a thread is started with. */
export interface ThreadOrder {
  /** Of the consumer's `ScanOrder`. */
  readonly target: unknown;
  /** The longest line in bytes. */
  readonly maxLine: number;
}
