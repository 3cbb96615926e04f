import { formatBytes } from '../../util/byte-size.ts';
import type { Limits } from './limits.ts';

/** That an event has more combinations of group values than `limit`, for a notice. */
export const fanOutText = (limit: number): string =>
  `an event has more than ${limit} combinations; others are not counted`;

/** That more rows would come of an event than may. */
export const rowsText = 'an event has more values than rows may come of it; others are not counted';

/** How much there is room for: in one window or, if that came first, in all of them together. */
export const roomText = (
  { groups, state }: Pick<Limits, 'groups' | 'state'>,
  isHeavy: boolean,
  what: 'groups' | 'rows' = 'groups',
): string => (isHeavy ? `${formatBytes(state)} of ${what} of all detections` : `${groups} ${what}`);

/** That there are more groups than `most` (see `roomText`), and what becomes of further ones. */
export const groupsText = (most: string): string =>
  `more than ${most}; further ones are counted together as one`;

/** That measures hold more distinct values than `limit`. */
export function valuesText(names: readonly string[], limit: number): string {
  const shown = names.map((name) => `"${name}"`).join(', ');
  return `more than ${limit} distinct values in ${shown}; lists end there, counts may be too high`;
}

/** That rows came too late for any result. */
export const lateText = 'rows came after their window had closed; they are counted as late and in no result';
