import type { Time } from '../../record/time.ts';
import { single, type Combination } from './combinations.ts';
import type { Group } from './group.ts';
import type { Origins } from './origins.ts';

/** A group that leaves, and the values of its `by` columns that it leaves with. */
export interface GroupRow {
  readonly group: Group;
  readonly values: Group['values'];
}

/** A group as it leaves with one combination, whatever values it holds: an overflow group holds those of others. */
export class LeavingRow implements GroupRow {
  readonly group: Group;
  readonly #combination: Combination;

  constructor(group: Group, combination: Combination) {
    this.group = group;
    this.#combination = combination;
  }

  get values(): Group['values'] {
    return single(this.#combination);
  }
}

/** What the groups of one plan are made of. Pure. `end` is that of the window that a group lies in. */
export interface Groups {
  readonly origins: Origins;
  /** Two parts of one group as one; `a` arrived first. */
  merge(a: Group, b: Group): Group;
  /** True if the group, with these values in its `by` columns, satisfies the plan's condition on columns. */
  satisfies(row: GroupRow, end: Time): boolean;
  /**
   * The columns of the row that several groups leave as, as state keeps them. `values`: those of the `by` columns, of all
   * of them, in the event's order. At least one row.
   */
  columns(
    rows: readonly GroupRow[],
    values: Group['values'],
    end: Time,
  ): ReadonlyMap<string, readonly string[]>;
  /** The names of the measures of a group that reached a bound. */
  cut(group: Group): readonly string[];
}
