import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { glob, isDynamicPattern } from 'tinyglobby';
import { namesOneDirectory } from './names-one-directory.ts';

/** What the globs of a receiver match at this moment. */
export interface FoundPaths {
  /** Absolute, sorted, each once; of whatever kind. */
  readonly paths: readonly string[];
  /** The patterns of `include` that nothing matches. */
  readonly unmatched: readonly string[];
}

/** Relative patterns start at the working directory. A directory that cannot be listed has no files. */
export async function findPaths(include: readonly string[], exclude: readonly string[]): Promise<FoundPaths> {
  const paths = new Set<string>();
  const unmatched: string[] = [];
  for (const pattern of include) {
    // A plain path is looked at, not searched for: its directory may be large.
    const matched = isDynamicPattern(pattern) ? await search(pattern, exclude) : plainPath(pattern, exclude);
    if (matched.length === 0) unmatched.push(pattern);
    for (const path of matched) paths.add(path);
  }
  return { paths: [...paths].toSorted(), unmatched };
}

async function search(pattern: string, exclude: readonly string[]): Promise<readonly string[]> {
  if (namesOneDirectory(pattern)) return list(pattern, exclude);
  const found = await glob([pattern], {
    ignore: exclude,
    absolute: true,
    dot: true,
    expandDirectories: false,
    onlyFiles: false,
  });
  // Directories come with a slash behind them.
  return found.map((path) => resolve(path));
}

/** What lies in the one directory of `pattern`, of whatever kind: a search knows nothing of FIFOs, sockets and devices. */
function list(pattern: string, exclude: readonly string[]): readonly string[] {
  const directory = dirname(resolve(pattern));
  const matches = picomatch(resolve(pattern), { dot: true, ignore: exclude.map((one) => resolve(one)) });
  return namesIn(directory)
    .map((name) => join(directory, name))
    .filter((path) => matches(path));
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function plainPath(pattern: string, exclude: readonly string[]): readonly string[] {
  const path = resolve(pattern);
  const excluded = exclude.some((glob) => picomatch.isMatch(path, resolve(glob), { dot: true }));
  return !excluded && isThere(path) ? [path] : [];
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // It cannot be looked at; opening it tells the reason.
    return true;
  }
}
