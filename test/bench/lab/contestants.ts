import type { Contestant } from '../contest.ts';
import type { DetectionSet } from './detection-sets.ts';
import type { Lab } from './lab.ts';
import { pipelineConfig, type PipelineWishes } from './pipeline-config.ts';
import { speed, steadyReplay, wholeReplay } from './replay.ts';

/** riskpipe with `set` in one process that replays again and again; the figure has the name of the contestant. */
export function steadyContestant(
  lab: Lab,
  name: string,
  set: DetectionSet,
  wishes: Partial<PipelineWishes> = {},
): Contestant {
  const config = configFile(lab, name, set, wishes);
  return { name, run: async () => steadyReplay(name, config, lab.corpus) };
}

/** riskpipe with `set` as a process from its start to its end, on so many threads. */
export function wholeContestant(
  lab: Lab,
  name: string,
  set: DetectionSet,
  wishes: Partial<PipelineWishes> = {},
  workers = 1,
): Contestant {
  const config = configFile(lab, name, set, wishes);
  return { name, run: async () => [speed(name, lab.corpus.bytes, wholeReplay(config, workers))] };
}

/** Writes the configuration that reads the log of the lab; its path. */
export function configFile(
  { corpus, scratch }: Lab,
  name: string,
  set: DetectionSet,
  wishes: Partial<PipelineWishes> = {},
): string {
  const file = `${name.replace(/[^a-z0-9]+/gi, '-')}.yaml`;
  return scratch.write(file, pipelineConfig({ include: [corpus.path], ...set, ...wishes }));
}
