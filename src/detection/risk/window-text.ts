import { formatTime, type Time } from '../../record/time.ts';

/** Bounds that are kept at hand: many findings in a row are of the same windows. */
const maxKnown = 64;
const known = new Map<Time, string>();

/** A bound of a window as records have it: RFC 3339 in UTC. */
export function windowText(bound: Time): string {
  let text = known.get(bound);
  if (text !== undefined) return text;
  if (known.size >= maxKnown) known.clear();
  text = formatTime(bound);
  known.set(bound, text);
  return text;
}
