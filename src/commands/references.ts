import { resolve } from 'node:path';
import type { Loaded } from '../detection/load.ts';
import { loadReferences } from '../detection/references/load-references.ts';
import type { References } from '../detection/reference.ts';
import { neededFields } from '../processors/detection/needed-fields.ts';
import { ConfigError, formatProblem, type Problem } from '../util/problem.ts';

/**
 * What detections look things up in: the tables of their lookups, and the database of places at `geoip`. Warnings go to
 * standard error; throws `ConfigError`.
 */
export async function referencesOf(
  { detections, lookups }: Pick<Loaded, 'detections' | 'lookups'>,
  geoip: string | undefined,
): Promise<References> {
  const complain = (problem: Problem): void => void process.stderr.write(`${formatProblem(problem)}\n`);
  const { references, problems } = await loadReferences(
    {
      definitions: lookups,
      needed: neededFields(detections.map(({ plan }) => plan)),
      geoip: geoip === undefined ? undefined : resolve(geoip),
    },
    complain,
  );
  if (problems.some(({ severity }) => severity === 'error')) throw new ConfigError(problems);
  problems.forEach(complain);
  return references;
}
