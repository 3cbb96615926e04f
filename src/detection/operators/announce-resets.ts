import type { Plan } from '../plan/plan.ts';
import type { Keeper } from './keeper.ts';
import type { Turn } from './turn.ts';

/**
 * Says, once for each, which plans lose what they had counted: there are panes that an earlier version of the plan
 * left, with another window, other groups or other conditions, and nothing of it would fit. Such panes go silently
 * when they are due (`Closer`); if the plan changes back before, they count again.
 */
export function announceResets(
  plans: readonly Plan[],
  keepers: ReadonlyMap<string, Keeper>,
  turn: Turn,
): void {
  const byId = new Map(plans.map((plan) => [plan.id, plan]));
  const lost = new Set(turn.agenda.panes().flatMap(({ keeper }) => (keepers.has(keeper) ? [] : [keeper])));
  for (const keeper of [...lost].sort()) {
    const plan = byId.get(planOf(keeper));
    if (plan === undefined) continue;
    turn.announcer.ofPlan(plan, {
      kind: 'state_reset',
      scope: keeper,
      message: `${plan.title}: the detection has changed, and what was counted before, in windows that are open, no longer fits: it counts anew`,
      time: turn.now,
      resource: { attributes: {} },
    });
  }
}

/** The id in the name of a keeper, which is `detect/<component>/<kind>/<id>/<shape>`. */
const planOf = (keeper: string): string => keeper.split('/').slice(3, -1).join('/');
