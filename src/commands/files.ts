import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DetectionFile } from '../detection/frontends/frontend.ts';
import { loadDetections, type Loaded } from '../detection/load.ts';
import { ConfigError, formatProblem, type Problem } from '../util/problem.ts';
import { readFiles } from '../util/read-files.ts';

/**
 * The detections in `paths` (files, directories, globs), with the allowlists that are named or, if none is, those
 * that lie among them or in an `allowlists` folder beside. Warnings go to standard error; throws `ConfigError`.
 */
export async function detectionsIn(paths: readonly string[], allowlists: readonly string[]): Promise<Loaded> {
  const found = await read(paths);
  const given = allowlists.length > 0 ? await read(allowlists) : await beside(paths);
  const lists = [...found.files.filter(isAllowlist), ...given.files.filter(isAllowlist)];
  const unique = [...new Map(lists.map((file) => [file.path, file])).values()];
  const detections = found.files.filter((file) => !isAllowlist(file));
  const loaded = loadDetections(detections, unique, {
    mode: 'streaming',
    overrides: {},
    written: { file: '', path: '' },
  });
  const problems = [...found.problems, ...given.problems, ...loaded.problems];
  if (problems.some(({ severity }) => severity === 'error')) throw new ConfigError(problems);
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
  return loaded;
}

interface Read {
  readonly files: readonly DetectionFile[];
  readonly problems: readonly Problem[];
}

async function read(paths: readonly string[]): Promise<Read> {
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
  return read(folders);
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

const isAllowlist = ({ text }: DetectionFile): boolean => /^(?:\{\s*)?(["']?)allowlist\1\s*:/m.test(text);
