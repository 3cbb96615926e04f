import { toMillis } from '../../record/time.ts';
import { unreachable } from '../../util/assert.ts';
import type { Plan, Window } from './plan.ts';
import { reachOf } from './relative-reach.ts';
import { parseRelativeTime } from './relative-time.ts';

/** How much older than the watermark a finding of a plan may be that is not late, in milliseconds. */
export function findingAge({ steps }: Plan): number {
  return steps.reduce((age, step) => {
    if (step.kind === 'aggregate') return age + windowAge(step.window);
    if (step.kind !== 'transform') return age;
    const earliest = parseRelativeTime(step.schedule.earliest);
    const reach = earliest && reachOf(earliest);
    return age + toMillis(-(reach?.least ?? 0n));
  }, 0);
}

function windowAge(window: Window): number {
  switch (window.kind) {
    case 'tumbling':
      return window.every + window.lateness;
    case 'sliding':
      return window.length + window.lateness;
    case 'session':
      return window.gap + window.lateness;
    default:
      return unreachable(window);
  }
}
