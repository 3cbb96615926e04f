import type { Problem } from '../../util/problem.ts';

/** What was made of a file; undefined if it is of no use. */
export interface Reading<Value> {
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
}
