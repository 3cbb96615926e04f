import { unreachable } from '../../../src/util/assert.ts';
import type { Goal } from '../contest.ts';
import type { Measured } from '../run-contest.ts';
import { ratiosOf } from './ratios.ts';
import { summaryOf, type Summary } from './summary.ts';

/** What became of a goal. */
export interface Verdict {
  readonly goal: Goal;
  /** Undefined if something was not measured; the handicap is already applied. */
  readonly measured: Summary | undefined;
  readonly meets: { readonly must: boolean; readonly aim: boolean };
}

/** Judges by medians: of the rounds, or of their ratios. */
export function judge(goal: Goal, { series }: Measured): Verdict {
  const values = series.get(goal.of)?.rounds ?? [];
  switch (goal.kind) {
    case 'ratio': {
      const factor = goal.handicap?.factor ?? 1;
      const ratios = ratiosOf(values, series.get(goal.to)?.rounds ?? []);
      return verdict(goal, summaryOf(ratios.map((ratio) => ratio / factor)));
    }
    case 'least':
    case 'most':
      return verdict(goal, summaryOf(values.filter((value) => value !== undefined)));
    default:
      return unreachable(goal);
  }
}

function verdict(goal: Goal, measured: Summary | undefined): Verdict {
  const meets = (limit: number): boolean => {
    if (measured === undefined) return false;
    return goal.kind === 'most' ? measured.median <= limit : measured.median >= limit;
  };
  return { goal, measured, meets: { must: meets(goal.must), aim: meets(goal.aim) } };
}
