import { didYouMean } from '../util/suggest.ts';
import { modeProblem } from './plan/mode-problem.ts';
import type { AllowEntry, Mode, Plan, Step } from './plan/plan.ts';

/** What a configuration changes about one detection. */
export interface Override {
  readonly disabled?: boolean | undefined;
  readonly mode?: Mode | undefined;
  /** Of every risk object. */
  readonly score?: number | undefined;
  /** Ids of allowlists beside those that the detection names. */
  readonly allowlists?: readonly string[] | undefined;
}

/** The plan with a configuration's changes. `complain` is told what cannot be: the key of the override, and why. */
export function override(
  plan: Plan,
  change: Override,
  allowlists: ReadonlyMap<string, readonly AllowEntry[]>,
  complain: (key: string, message: string) => void,
): Plan {
  const { score } = change;
  if (score !== undefined && plan.risk === undefined) {
    complain('score', `the detection "${plan.id}" has no risk that could be scored`);
  }
  return {
    ...plan,
    mode: modeOf(plan, change.mode, complain),
    steps: withAllowlists(plan.steps, change.allowlists ?? [], allowlists, complain),
    risk: plan.risk && {
      ...plan.risk,
      objects: plan.risk.objects.map((object) => ({ ...object, score: score ?? object.score })),
    },
  };
}

function modeOf(plan: Plan, mode: Mode | undefined, complain: (key: string, message: string) => void): Mode {
  // A transform has been compiled for the mode that the configuration wants, as far as it can run in it.
  if (mode === undefined || plan.steps.some(({ kind }) => kind === 'transform')) return plan.mode;
  for (const step of plan.steps) {
    const reason = modeProblem(mode, step);
    if (reason !== undefined) complain('mode', reason);
  }
  return mode;
}

function withAllowlists(
  steps: readonly Step[],
  ids: readonly string[],
  allowlists: ReadonlyMap<string, readonly AllowEntry[]>,
  complain: (key: string, message: string) => void,
): readonly Step[] {
  const entries = steps.flatMap((step) => (step.kind === 'allow' ? step.entries : []));
  const named = new Set(entries.map((entry) => entry.allowlist));
  for (const [index, id] of ids.entries()) {
    const added = allowlists.get(id);
    if (added === undefined) {
      complain(`allowlists[${index}]`, `there is no allowlist "${id}"${didYouMean(id, allowlists.keys())}`);
    } else if (!named.has(id)) entries.push(...added);
    named.add(id);
  }
  const others = steps.filter((step) => step.kind !== 'allow');
  return entries.length === 0 ? others : [{ kind: 'allow', entries }, ...others];
}
