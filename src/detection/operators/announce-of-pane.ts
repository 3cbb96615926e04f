import { formatTime } from '../../record/time.ts';
import type { Plan } from '../plan/plan.ts';
import type { Announcement } from './announcer.ts';
import type { Pane } from './panes.ts';
import type { Turn } from './turn.ts';

/** Says something about a plan in a span of event time: once for each kind and each start of a span. */
export function announceOfPane(
  plan: Plan,
  pane: Pick<Pane, 'start' | 'end'>,
  said: Pick<Announcement, 'kind' | 'message' | 'time' | 'resource'>,
  turn: Turn,
): void {
  const [from, to] = textsOf(pane);
  const message = `${plan.title}, ${from} to ${to}: ${said.message}`;
  turn.announcer.ofPlan(plan, { ...said, scope: from, message });
}

/** A flood has the same said of every row. */
const texts = new WeakMap<object, readonly [start: string, end: string]>();

function textsOf(pane: Pick<Pane, 'start' | 'end'>): readonly [start: string, end: string] {
  const known = texts.get(pane);
  if (known !== undefined) return known;
  const made = [formatTime(pane.start), formatTime(pane.end)] as const;
  texts.set(pane, made);
  return made;
}
