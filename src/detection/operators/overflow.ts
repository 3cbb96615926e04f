import type { Stored } from '../../store/store.ts';
import type { Aggregation, Arrival } from './aggregation.ts';
import { groupsText, roomText } from './shortage-text.ts';
import type { Turn } from './turn.ts';

/** The group that stands for all that found no room. No other key looks like it: those are JSON lists or hashes. */
export const overflowKey = 'overflow';

/**
 * The key under which a group is kept that is `known` or not: its own as long as there is room for one more, then
 * `overflowKey` (spec/reliability.md §4 E16). No group is given up for another.
 */
export function keyWithRoom(key: string, known: Stored | undefined, hasRoom: boolean): string {
  return known !== undefined || hasRoom ? key : overflowKey;
}

/** Says, once a window, that there are more groups than can be told apart, and what follows for the findings. */
export function announceOverflow(aggregation: Aggregation, arrival: Arrival, turn: Turn): void {
  const { conditional, leavesFirst, limits } = aggregation;
  const most = roomText(limits, turn.rows.isHeavy(limits));
  if (leavesFirst && !conditional) {
    const message = `more than ${most}; findings of further groups still leave, but their repeats are no longer removed`;
    aggregation.announce('repeats_not_removed', arrival, turn, message);
  } else {
    aggregation.announce('groups_overflow', arrival, turn, groupsText(most));
  }
}
