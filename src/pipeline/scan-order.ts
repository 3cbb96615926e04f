/**
 * The part of a consumer's work that needs nothing but the bytes of lines: what `replay` has threads do ahead of time.
 * A receiver then hands on batches that are scanned (`ScannedBatch`); it need not, and the outcome is the same.
 */
export interface ScanOrder {
  /** What to look for: plain data, made for the threads of this program alone. It never changes. */
  readonly target: unknown;
  /** What is to be looked for beside it, by number, as of now. */
  readonly open: () => readonly number[];
}
