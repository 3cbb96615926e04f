import { selfTimes, type CpuProfile, type ProfileNode } from './cpu-profile.ts';
import { OriginalPlaces } from './original-places.ts';
import { stageOf, type Stage } from './stages.ts';

/** What took how much of a run's CPU time, 0 to 1, most first. */
export interface Shares {
  /** The time that was not idle, in milliseconds. */
  readonly busyMs: number;
  readonly stages: readonly (readonly [stage: Stage, share: number])[];
  /** By function: its own time, without that of those it calls. */
  readonly functions: readonly (readonly [name: string, share: number])[];
}

/**
 * Sums a profile up. What is built into the engine counts for who called it: reading a file for the receiver,
 * `JSON.parse` for who parses.
 */
export function sharesOf(profile: CpuProfile): Shares {
  const places = new OriginalPlaces();
  const times = selfTimes(profile);
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const stages = new Map<Stage, number>();
  const functions = new Map<string, number>();
  let busy = 0;
  const walk = (node: ProfileNode, inherited: Stage, caller: string): void => {
    const { callFrame } = node;
    const place = places.of(callFrame);
    const stage = stageOf(callFrame, place) ?? inherited;
    const name = nameOf(callFrame.functionName, place.file, place.line, caller);
    const time = callFrame.functionName === '(idle)' ? 0 : (times.get(node.id) ?? 0);
    busy += time;
    stages.set(stage, (stages.get(stage) ?? 0) + time);
    functions.set(name, (functions.get(name) ?? 0) + time);
    for (const id of node.children ?? []) {
      const child = nodes.get(id);
      if (child !== undefined) walk(child, stage, name);
    }
  };
  const [root] = profile.nodes;
  if (root !== undefined) walk(root, 'other', '');
  return { busyMs: busy / 1_000, stages: shares(stages, busy), functions: shares(functions, busy) };
}

/** `#take src/receivers/file-log/unit-reader.ts:97`; of the engine's own functions, who called them. */
function nameOf(functionName: string, file: string, line: number, caller: string): string {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (file !== '') return `${name} ${file}${line === 0 ? '' : `:${line}`}`;
  return caller === '' || caller.startsWith('(root)')
    ? name
    : `${name} for ${caller.split(' for ').at(-1) ?? ''}`;
}

function shares<Key>(times: ReadonlyMap<Key, number>, all: number): readonly (readonly [Key, number])[] {
  return Array.from(times, ([key, time]) => [key, all === 0 ? 0 : time / all] as const)
    .filter(([, share]) => share > 0)
    .toSorted(([, one], [, other]) => other - one);
}
