import { timeIn } from '../../record/text-time.ts';
import { parseTime, type Time } from '../../record/time.ts';
import type { FieldRef } from '../plan/field.ts';
import type { Texts } from './predicate.ts';

/** Where JSON events have their time: audit events, then the events that Kubernetes itself keeps (spec/spl.md §9). */
const places = [
  'stageTimestamp',
  'requestReceivedTimestamp',
  'object.lastTimestamp',
  'object.eventTime',
  'object.firstTimestamp',
].map(fieldAt);

/**
 * Event time as a JSON event says it: in `timeField` (if that is not empty), else in the first of the usual places that
 * holds a time. Undefined if none does.
 */
export function timeOfEvent(texts: Texts, timeField: string): Time | undefined {
  const chosen = timeField === '' ? undefined : timeIn(texts(fieldAt(timeField))[0] ?? '');
  if (chosen !== undefined) return chosen;
  for (const place of places) {
    const time = parseTime(texts(place)[0] ?? '');
    if (time !== undefined) return time;
  }
  return undefined;
}

/** Arrays are walked through unseen: `{}` in the name says nothing more. */
function fieldAt(name: string): FieldRef {
  return { name: name.replaceAll('{}', ''), arrays: 'hidden' };
}
