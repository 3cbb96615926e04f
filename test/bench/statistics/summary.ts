/** The middle of some values, and how far they reach. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** Undefined for no values. */
export function summaryOf(values: readonly number[]): Summary | undefined {
  if (values.length === 0) return undefined;
  const sorted = values.toSorted((one, other) => one - other);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return { median: (lower + upper) / 2, min: sorted[0] ?? 0, max: sorted.at(-1) ?? 0 };
}
