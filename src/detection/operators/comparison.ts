import { unreachable } from '../../util/assert.ts';
import { compareUtf8 } from './compare-utf8.ts';
import { numberOf } from './number-text.ts';

export type Comparison = '<' | '<=' | '>' | '>=';

/**
 * How two values stand to each other where Splunk orders them: as numbers if both are numbers, else by their UTF-8
 * bytes (spec/spl.md §1.2, §9). Negative if `a` comes first, 0 if neither does.
 */
export function orderTexts(a: string, b: string): number {
  const x = numberOf(a);
  const y = x === undefined ? undefined : numberOf(b);
  return x === undefined || y === undefined ? compareUtf8(a, b) : x - y;
}

/** Whether a comparison holds of two values that stand to each other as `order` says: negative, the first is less. */
export function comparisonHolds(comparison: Comparison, order: number): boolean {
  switch (comparison) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return unreachable(comparison);
  }
}
