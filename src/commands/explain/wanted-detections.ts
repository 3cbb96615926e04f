import { existsSync } from 'node:fs';
import type { Loaded } from '../../detection/load.ts';
import { ConfigError, formatProblem } from '../../util/problem.ts';
import { didYouMean } from '../../util/suggest.ts';
import { filesIn, loadedFrom } from '../files.ts';
import { shipped } from '../shipped.ts';

/**
 * The detections that `what` names: those of a file or folder, or the one of that id in `paths`. What lies in `paths` is
 * known to them: macros, deployments, lookups. What is wrong with other detections there does not matter. A text says
 * that there is none; throws `ConfigError`.
 */
export async function wantedDetections(
  what: string,
  paths: readonly string[],
  allowlists: readonly string[],
): Promise<Loaded | string> {
  const given = existsSync(what);
  const among = [...(given ? [what] : []), ...paths];
  const searched = among.length === 0 ? [shipped('pipelines/detections')] : among;
  const loaded = await loadedFrom(searched, allowlists);
  const files = new Set(given ? (await filesIn([what])).files.map(({ path }) => path) : []);
  const wanted = loaded.detections.filter(({ plan }) =>
    given ? files.has(plan.origin.file) : plan.id === what,
  );
  const problems = loaded.problems.filter(({ file }) => files.has(file));
  if (wanted.length > 0 && !problems.some(({ severity }) => severity === 'error')) {
    for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
    return { ...loaded, detections: wanted, problems };
  }
  if (loaded.problems.some(({ severity }) => severity === 'error')) throw new ConfigError(loaded.problems);
  const known = loaded.detections.map(({ plan }) => plan.id);
  const list = known.length > maxShown ? '' : `; known are ${known.join(', ')}`;
  return given
    ? `${what} holds no detection`
    : `there is no file and no detection "${what}"${list}${didYouMean(what, known)}`;
}

/** More ids than these are not listed. */
const maxShown = 20;
