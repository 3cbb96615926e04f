import { unreachable } from '../../../src/util/assert.ts';
import type { Goal, Unit } from '../contest.ts';
import type { Verdict } from '../statistics/judge.ts';
import type { Summary } from '../statistics/summary.ts';

/** Three digits are more than any of these figures deserves. */
const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** `1,230 MB/s`, `0.81x`. */
function quantity(value: number, unit: Unit | undefined): string {
  return unit === undefined ? `${digits.format(value)}x` : `${digits.format(value)} ${unit}`;
}

/** `1,230 MB/s (1,200 to 1,260)` */
export function spread({ median, min, max }: Summary, unit: Unit | undefined): string {
  return `${quantity(median, unit)} (${digits.format(min)} to ${digits.format(max)})`;
}

/** What is promised: `riskpipe / grep -ci`, `riskpipe, memory`. */
export function subject(goal: Goal): string {
  switch (goal.kind) {
    case 'ratio': {
      const handicap = goal.handicap === undefined ? '' : ` / ${goal.handicap.factor} (${goal.handicap.why})`;
      return `${goal.of} / ${goal.to}${handicap}`;
    }
    case 'least':
    case 'most':
      return goal.of;
    default:
      return unreachable(goal);
  }
}

/** `at least 0.8x` */
export function limit(goal: Goal, which: 'must' | 'aim'): string {
  return `${goal.kind === 'most' ? 'at most' : 'at least'} ${quantity(goal[which], unitOf(goal))}`;
}

/** Undefined: a ratio. */
export const unitOf = (goal: Goal): Unit | undefined => (goal.kind === 'ratio' ? undefined : goal.unit);

/** Whether a "must" is met; a goal of which something is missing is neither. */
export function answer({ measured, meets }: Verdict): 'yes' | 'no' | 'not measured' {
  if (measured === undefined) return 'not measured';
  return meets.must ? 'yes' : 'no';
}
