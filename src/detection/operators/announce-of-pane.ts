import { formatTime } from '../../record/time.ts';
import type { Plan } from '../plan/plan.ts';
import type { Announcement } from './announcer.ts';
import type { Pane } from './panes.ts';
import type { Turn } from './turn.ts';

/** Says something about a plan in a span of event time: once for each kind and each start of a span. */
export function announceOfPane(
  plan: Plan,
  { start, end }: Pick<Pane, 'start' | 'end'>,
  said: Pick<Announcement, 'kind' | 'message' | 'time' | 'resource'>,
  turn: Turn,
): void {
  const [from, to] = [formatTime(start), formatTime(end)];
  const message = `${plan.title}, ${from} to ${to}: ${said.message}`;
  turn.announcer.ofPlan(plan, { ...said, scope: from, message });
}
