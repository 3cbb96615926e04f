import { unreachable } from '../../util/assert.ts';
import { isAlways, normaliseExpr } from './normalise-expr.ts';
import type { Plan, Step } from './plan.ts';
import type { Stage } from './transform.ts';

/** The same plan in normal form: detections that say the same in other words become equal plans. Idempotent. */
export function normalisePlan(plan: Plan): Plan {
  return { ...plan, where: normaliseExpr(plan.where), steps: plan.steps.map(normaliseStep) };
}

function normaliseStep(step: Step): Step {
  switch (step.kind) {
    case 'allow':
      return {
        ...step,
        entries: step.entries.map((entry) => ({ ...entry, where: normaliseExpr(entry.where) })),
      };
    case 'aggregate': {
      const { window } = step;
      if (window.kind !== 'tumbling') return step;
      const offset = ((window.offset % window.every) + window.every) % window.every;
      return { ...step, window: { ...window, offset } };
    }
    case 'having':
      return { ...step, where: normaliseExpr(step.where) };
    case 'transform':
      return { ...step, stages: step.stages.flatMap(normaliseStage) };
    case 'suppress':
      return { ...step, by: [...new Set(step.by)].sort() };
    default:
      return unreachable(step);
  }
}

/** A filter that every row passes is none. The order of columns and measures shows in the result, so it stays. */
function normaliseStage(stage: Stage): readonly Stage[] {
  if (stage.kind !== 'filter') return [stage];
  const where = normaliseExpr(stage.where);
  return isAlways(where) ? [] : [{ ...stage, where }];
}
