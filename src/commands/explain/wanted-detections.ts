import { existsSync } from 'node:fs';
import type { Loaded } from '../../detection/load.ts';
import { ConfigError, formatProblem, type Problem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import { filesIn, loadedFrom } from '../files.ts';
import { shipped } from '../shipped.ts';

/**
 * The detections that `names` name: each those of a file or folder, or the one of that id in `paths`. What lies in
 * `paths` is known to them: macros, deployments, lookups. What is wrong with other detections there does not matter. A
 * text says which name stands for none; throws `ConfigError`.
 */
export async function wantedDetections(
  names: readonly string[],
  paths: readonly string[],
  allowlists: readonly string[],
): Promise<Loaded | string> {
  const filesOf = new Map<string, ReadonlySet<string>>();
  for (const name of names) if (existsSync(name)) filesOf.set(name, await pathsIn(name));
  const among = [...filesOf.keys(), ...paths];
  const loaded = await loadedFrom(among.length === 0 ? [shipped('pipelines/detections')] : among, allowlists);
  const detectionsOf = (name: string): Loaded['detections'] =>
    loaded.detections.filter(({ plan }) => filesOf.get(name)?.has(plan.origin.file) ?? plan.id === name);
  const problems = loaded.problems.filter(({ file }) => [...filesOf.values()].some((set) => set.has(file)));
  const missing = names.find((name) => detectionsOf(name).length === 0);
  if (missing === undefined && !problems.some(isError)) {
    for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
    return { ...loaded, detections: [...new Set(names.flatMap(detectionsOf))], problems };
  }
  if (missing === undefined || loaded.problems.some(isError)) throw new ConfigError(loaded.problems);
  if (filesOf.has(missing)) return `${missing} holds no detection`;
  const known = loaded.detections.map(({ plan }) => plan.id);
  const list = known.length > maxShown ? '' : `; known are ${known.join(', ')}`;
  return `there is no file and no detection "${missing}"${list}${didYouMean(missing, known)}`;
}

const pathsIn = async (name: string): Promise<ReadonlySet<string>> =>
  new Set((await filesIn([name])).files.map(({ path }) => path));

const isError = ({ severity }: Problem): boolean => severity === 'error';

/** More ids than these are not listed. */
const maxShown = 20;
