import type { Mode, Step } from './plan.ts';

/** Why a step cannot run in a mode, for the author of the detection or of the configuration; undefined if it can. */
export function modeProblem(mode: Mode, step: Step): string | undefined {
  return mode === 'scheduled' && step.kind === 'aggregate' && step.window.kind === 'sliding'
    ? 'a sliding window never closes, so the mode "scheduled" would find nothing; use "streaming" or another window'
    : undefined;
}
