/** What one engine may remember and say at once (design §5: bounded state). */
export interface Limits {
  /** Groups of one plan in one window. */
  readonly groups: number;
  /** Combinations of group values that one event counts in. */
  readonly combinations: number;
  /** Distinct values that one measure of one group holds. */
  readonly values: number;
  /** Rows of one group that a sliding window tells apart, in one stretch of its length. */
  readonly rows: number;
  /** Lines after which a detection that saw nothing it needs is called blind, before an hour is over. */
  readonly blindAfter: number;
}

export const defaultLimits: Limits = {
  groups: 100_000,
  combinations: 10_000,
  values: 1_000,
  rows: 128,
  blindAfter: 1_000,
};
