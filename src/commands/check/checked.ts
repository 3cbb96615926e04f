import type { Problem } from '../../util/problem.ts';

/** What checking files has shown. */
export interface Checked {
  /** Ids of detections that compile. */
  readonly compiled: readonly string[];
  /** Detection files that do not, each with the rules of its errors. */
  readonly refused: readonly { readonly file: string; readonly rules: readonly string[] }[];
  /** Files that are no detections: macros, lookups and the like, and what nobody knows. */
  readonly skipped: readonly string[];
  readonly problems: readonly Problem[];
  /** Texts of the files, by path, for showing lines. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The rule of a problem that names none. */
export const generalRule = 'invalid';

/** How many files were refused for each rule; a file with several counts for each. */
export function refusedByRule({ refused }: Checked): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rules } of refused) {
    for (const rule of new Set(rules)) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}
