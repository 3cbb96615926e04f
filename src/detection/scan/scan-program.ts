import { columnsOf, type Column, type Meaning, type ScanPlan } from './columns.ts';
import { literalsOf, type Literals } from './literals.ts';
import { placesOf, type Node } from './places.ts';
import type { PlanSet } from './plan-set.ts';

/** What to look for in a line, whatever memory it lies in. */
export interface ScanProgram {
  readonly ids: readonly string[];
  /** Plans that may hold for any line at all. */
  readonly possible: PlanSet;
  readonly columns: readonly Column[];
  readonly root: Node;
  readonly literals: Literals | undefined;
}

export function programOf(plans: readonly ScanPlan[], meaning: Meaning): ScanProgram {
  const { columns, possible } = columnsOf(plans, meaning);
  return {
    ids: plans.map(({ id }) => id),
    possible,
    columns,
    root: placesOf(columns.map(({ field }) => field)),
    literals: literalsOf(plans, meaning),
  };
}
