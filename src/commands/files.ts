import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectionFile } from '../detection/frontends/frontend.ts';
import { loadDetections, type Loaded } from '../detection/load.ts';
import { ConfigError, formatProblem, type Problem } from '../util/problem.ts';
import { readFiles } from '../util/read-files.ts';
import { sortedFiles } from './sorted-files.ts';

export interface Read {
  readonly files: readonly DetectionFile[];
  readonly problems: readonly Problem[];
}

/**
 * The detections in `paths` (files, directories, globs), with the macros, deployments and lookups that lie among them,
 * and with the allowlists that are named or, if none is, those that lie among them or in an `allowlists` folder beside.
 * Warnings go to standard error; throws `ConfigError`.
 */
export async function detectionsIn(paths: readonly string[], allowlists: readonly string[]): Promise<Loaded> {
  const loaded = await loadedFrom(paths, allowlists);
  if (loaded.problems.some(({ severity }) => severity === 'error')) throw new ConfigError(loaded.problems);
  for (const problem of loaded.problems) process.stderr.write(`${formatProblem(problem)}\n`);
  return loaded;
}

/** The same, with all that is wrong among its problems: those of reading files are, too. */
export async function loadedFrom(paths: readonly string[], allowlists: readonly string[]): Promise<Loaded> {
  const found = await filesIn(paths);
  const given = allowlists.length > 0 ? await filesIn(allowlists) : await beside(paths);
  const files = sortedFiles(found.files);
  const lists = [...files.allowlists, ...sortedFiles(given.files).allowlists];
  const unique = [...new Map(lists.map((file) => [file.path, file])).values()];
  const loaded = loadFiles({ ...files, allowlists: unique });
  return { ...loaded, problems: [...found.problems, ...given.problems, ...loaded.problems] };
}

/** The detections of `files` as they run where no configuration says anything. A lookup that is not there is a warning. */
export const loadFiles = (files: Parameters<typeof loadDetections>[0]): Loaded =>
  loadDetections(files, {
    mode: 'streaming',
    overrides: {},
    define: {},
    missingLookup: 'warning',
    written: { file: '', overrides: '', define: '' },
  });

/** The files that `paths` name; of a directory, all YAML files in it. */
export async function filesIn(paths: readonly string[]): Promise<Read> {
  const patterns: string[] = [];
  for (const path of paths) patterns.push((await isDirectory(path)) ? join(path, '**/*.{yaml,yml}') : path);
  return readFiles(patterns, process.cwd(), 'argument');
}

/** `allowlists` next to the folder of a detection, as in `pipelines/`; it need not be there. */
async function beside(paths: readonly string[]): Promise<Read> {
  const folders: string[] = [];
  for (const path of paths) {
    const folder = join(path, (await isDirectory(path)) ? '..' : '../..', 'allowlists');
    if (!folders.includes(folder) && (await isDirectory(folder))) folders.push(folder);
  }
  return filesIn(folders);
}

export const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
