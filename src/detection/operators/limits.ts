/** What one engine may remember and say at once (design §5: bounded state). */
export interface Limits {
  /** Groups of one plan in one window. */
  readonly groups: number;
  /** About so many bytes of memory for all that the process remembers: beyond them a window takes no new groups ... */
  readonly state: number;
  /** ... but the first of them, which it always takes: a flood of one detection leaves the others room. */
  readonly reserved: number;
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
  state: 128 * 2 ** 20,
  reserved: 100,
  combinations: 10_000,
  values: 1_000,
  rows: 128,
  blindAfter: 1_000,
};
