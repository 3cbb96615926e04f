import type { BatchMemory } from '../record/batch-memory.ts';
import type { Expr } from './plan/expr.ts';

/** What the engine needs of a scanner: see `scan/scanner.ts`. */
export interface LineScanner {
  scan(bytes: ScannedBytes): FoundLines;
  /** Gives back what it took of the memories of batches; it is not used any more. */
  close(): void;
  /** From now on only plans for which `isWanted` says so make a line a candidate. */
  want(isWanted: (plan: number) => boolean): void;
  /** The `stageTimestamp` of the line at offset `start` of what was scanned last, if it is plain to see. */
  likelyStampOf(start: number): string | undefined;
  /** True if that line is certainly an event: then it has that stamp, too. */
  isEvent(start: number): boolean;
}

export interface ScannedBytes {
  readonly memory: BatchMemory;
  readonly offset: number;
  readonly length: number;
}

/** Lines that some plan may hold for, in order; offsets count from the first of the scanned bytes. */
export interface FoundLines {
  /** How many lines there are at all, blank ones aside. */
  readonly lines: number;
  readonly count: number;
  start(index: number): number;
  end(index: number): number;
  /** Bit n of word w: plan number 32w + n may hold. */
  plans(index: number, word: number): number;
  odd(index: number): boolean;
}

/** Makes a scanner for expressions; undefined where there can be none. */
export type ScannerMaker = (
  plans: readonly { readonly id: string; readonly where: Expr }[],
) => LineScanner | undefined;
