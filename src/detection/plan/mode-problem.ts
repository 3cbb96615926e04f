import type { Mode, Step } from './plan.ts';
import { streamingProblem } from './streaming-problem.ts';

/** Why a step cannot run in a mode, for the author of the detection or of the configuration; undefined if it can. */
export function modeProblem(mode: Mode, step: Step): string | undefined {
  if (mode === 'streaming') return step.kind === 'transform' ? streamingProblem(step) : undefined;
  return step.kind === 'aggregate' && step.window.kind === 'sliding'
    ? 'a sliding window never closes, so the mode "scheduled" would find nothing; use "streaming" or another window'
    : undefined;
}
