import type { Stored } from '../../../store/store.ts';
import { unreachable } from '../../../util/assert.ts';
import type { Statistic } from '../../plan/transform.ts';
import { calcTexts } from '../calc/calc-texts.ts';
import { compileCalc } from '../calc/compile-calc.ts';
import type { CompiledCalc } from '../calc/calc-value.ts';
import { distinctFold, extremeFold, timedFold, valuesFold, type Fold } from '../fold.ts';
import type { Limits } from '../limits.ts';
import { averageFold, momentsFold, rangeFold, sumFold } from '../number-folds.ts';
import { middleRank, nearestRank, quantileFold } from '../quantile-fold.ts';
import { firstFold, lastFold, listFold, modeFold } from './order-folds.ts';
import type { CompiledStatistic } from './statistic.ts';

/**
 * A statistic, ready to run (spec/spl.md §3.2, §9). What it is of a value that is true or false: its text, but `count`
 * counts only what is true. At most `limits.values` distinct values are held exactly.
 */
export function compileStatistic(statistic: Statistic, limits: Pick<Limits, 'values'>): CompiledStatistic {
  const value = statistic.value && compileCalc(statistic.value);
  switch (statistic.of) {
    case 'count':
      return counting(statistic.as, value);
    case 'dc':
    case 'estdc':
      return folding(statistic.as, value, distinctFold(limits.values));
    case 'values':
      return folding(statistic.as, value, valuesFold(limits.values));
    case 'list':
      return folding(statistic.as, value, listFold);
    case 'min':
      return folding(statistic.as, value, extremeFold(-1, true));
    case 'max':
      return folding(statistic.as, value, extremeFold(1, true));
    case 'sum':
      return folding(statistic.as, value, sumFold);
    case 'avg':
      return folding(statistic.as, value, averageFold);
    case 'first':
      return folding(statistic.as, value, firstFold);
    case 'last':
      return folding(statistic.as, value, lastFold);
    case 'earliest':
      return folding(statistic.as, value, reversed(timedFold('first')));
    case 'latest':
      return folding(statistic.as, value, reversed(timedFold('last')));
    case 'mode':
      return folding(statistic.as, value, modeFold(limits.values));
    case 'median':
      return folding(statistic.as, value, quantileFold(limits.values, middleRank));
    case 'perc':
      return folding(statistic.as, value, quantileFold(limits.values, nearestRank(statistic.percent ?? 50)));
    case 'range':
      return folding(statistic.as, value, rangeFold);
    case 'stdev':
    case 'var':
      return folding(statistic.as, value, momentsFold(statistic.of));
    default:
      return unreachable(statistic.of);
  }
}

/** True if the order of the rows makes a difference to a statistic, or their times. */
export const isOrdered = ({ of }: Statistic): boolean =>
  of === 'first' || of === 'last' || of === 'list' || of === 'earliest' || of === 'latest';

/** Rows, values, or the rows for which a condition is true. */
function counting(as: string, value: CompiledCalc | undefined): CompiledStatistic {
  return {
    as,
    of: (columns, _, at) => {
      if (value === undefined) return 1;
      const found = value(columns, at);
      return typeof found === 'boolean' ? Number(found) : calcTexts(found).length;
    },
    merge: (a, b) => Number(a) + Number(b),
    times: (held, count) => Number(held) * count,
    texts: (held) => [String(Number(held))],
    cut: () => false,
  };
}

function folding<Held extends Stored>(
  as: string,
  value: CompiledCalc | undefined,
  fold: Fold<Held>,
): CompiledStatistic {
  return {
    as,
    of: (columns, time, at) => fold.of(value === undefined ? [] : calcTexts(value(columns, at)), 1, time),
    // What is held under this statistic was made by it: the state of another definition lies in another table.
    merge: (a, b) => fold.merge(a as Held, b as Held),
    times: (held, count) => fold.times?.(held as Held, count) ?? held,
    texts: (held) => fold.texts(held as Held),
    cut: (held) => fold.cut?.(held as Held) ?? false,
  };
}

/** Rows come newest first here: of equal times the row that comes first is the later one. */
function reversed<Held extends Stored>(fold: Fold<Held>): Fold<Held> {
  return { ...fold, merge: (a, b) => fold.merge(b, a) };
}
