import { attend } from '../../store/attendance.ts';
import { counters } from '../../store/counter.ts';
import type { State } from '../../store/store.ts';
import type { Plan } from '../plan/plan.ts';
import { counterOf } from './tally.ts';

/** Notes which plans account for the lines of `component` from now on: those that came before are none of a new one's. */
export function attendPlans(state: State, component: string, plans: readonly Plan[]): void {
  const counted = counters(state, component);
  const evaluated = counted.get('evaluated') ?? 0;
  const known = new Map(plans.map((plan) => [plan.id, counterOf(plan)]));
  const hasCounted = (id: string): boolean =>
    ['unmatched', 'allowed', 'counted'].some((what) => counted.has(`${known.get(id)}/${what}`));
  attend(state, component, [...known.keys()], () => evaluated, hasCounted);
}
