import { fromMillis, type Time } from '../../record/time.ts';
import type { Finding } from '../finding.ts';
import type { Plan, Step } from '../plan/plan.ts';

const day = fromMillis(86_400_000);

/** A plan that looks at all its events at once, and how to tell what it then finds. */
export interface AllTime {
  readonly plan: Plan;
  readonly isResult: (finding: Pick<Finding, 'window'>) => boolean;
}

/**
 * The plan as if someone ran its search by hand over "All time", `oldest` and `newest` event included: in the mode
 * `scheduled`, with a schedule that has a run whose window holds them all. Windows of other runs may hold some of the
 * events, so that not all findings are results.
 */
export function allTime(plan: Plan, oldest: Time, newest: Time): AllTime {
  const end = (newest / day + 1n) * day;
  const days = (end - oldest + day - 1n) / day;
  const date = new Date(Number(end / 1_000_000n));
  const schedule = {
    cron: `0 0 ${date.getUTCDate()} ${date.getUTCMonth() + 1} *`,
    earliest: `-${days}d`,
    latest: 'now',
  };
  const steps = plan.steps.map((step): Step => (step.kind === 'transform' ? { ...step, schedule } : step));
  return { plan: { ...plan, mode: 'scheduled', steps }, isResult: ({ window }) => window?.end === end };
}
