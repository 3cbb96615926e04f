import type { Aggregation, Arrival, Leaving } from './aggregation.ts';
import type { Combination } from './combinations.ts';
import type { Group } from './group.ts';
import { LeavingRow } from './groups.ts';
import { announceOverflow, overflowKey } from './overflow.ts';
import { valuesText } from './shortage-text.ts';
import type { Turn } from './turn.ts';

/** A group after a row was added to it. */
interface Settled {
  /** What to keep under its key. */
  readonly group: Group;
  /** Set if the row made it leave. */
  readonly leaving: Leaving | undefined;
}

/** Adds a row to what is held under `key` (`before`) and decides whether that makes the group leave. */
export function settle(
  aggregation: Aggregation,
  arrival: Arrival,
  {
    key,
    combination,
    before,
  }: { readonly key: string; readonly combination: Combination; readonly before: Group | undefined },
  turn: Turn,
): Settled {
  const { grouping, conditional, leavesFirst } = aggregation;
  const added = arrival.groupOf(combination);
  const group = before === undefined ? added : grouping.merge(before, added);
  announceCut(aggregation, arrival, group, turn);
  if (key === overflowKey) announceOverflow(aggregation, arrival, turn);
  if (!leavesFirst) return { group, leaving: undefined };
  // Without a condition no finding may be lost: what shares the overflow leaves every time.
  if (key === overflowKey && !conditional) {
    return { group, leaving: { key: combination.key, combination, group: added, repeats: true } };
  }
  // In the overflow the values of others must not decide for this one.
  const row = new LeavingRow(group, combination);
  if (group.left || !grouping.satisfies(row, arrival.pane.end)) return { group, leaving: undefined };
  return { group: { ...group, left: true }, leaving: { key, combination, group, repeats: false } };
}

/** Says, once a window, which measures of a group reached a bound. */
export function announceCut(aggregation: Aggregation, arrival: Arrival, group: Group, turn: Turn): void {
  const names = aggregation.grouping.cut(group);
  if (names.length === 0) return;
  aggregation.announce('values_cut', arrival, turn, valuesText(names, aggregation.limits.values));
}
