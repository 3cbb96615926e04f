import type { LoadFiles } from '../../detection/load.ts';
import type { Problem } from '../../util/problem.ts';
import { readFiles, type ReadFile } from '../../util/read-files.ts';
import type { DetectionConfig } from './config.ts';

/** Reads all files that the options of a processor name for its detections; relative patterns start at `directory`. */
export async function readContent(
  config: Pick<DetectionConfig, 'detections' | 'allowlists' | 'macros' | 'deployments' | 'lookups'>,
  directory: string,
): Promise<{ readonly files: LoadFiles; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const read = async (patterns: readonly string[], written: string): Promise<readonly ReadFile[]> => {
    const found = await readFiles(patterns, directory, written);
    problems.push(...found.problems);
    return found.files;
  };
  const files = {
    detections: await read(config.detections, 'detections'),
    allowlists: await read(config.allowlists, 'allowlists'),
    macros: await read(config.macros.files, 'macros.files'),
    deployments: await read(config.deployments, 'deployments'),
    // The tables lie beside their definitions, and are read by those.
    lookups: (await read(config.lookups, 'lookups')).filter(({ path }) => !/\.csv$/i.test(path)),
  };
  return { files, problems };
}
