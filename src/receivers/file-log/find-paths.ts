import { lstatSync, readdir, type Dirent } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import picomatch from 'picomatch';
import { glob, isDynamicPattern } from 'tinyglobby';
import { namesIn } from './names-in.ts';
import { namesOneDirectory } from './names-one-directory.ts';
import { isOutOfDescriptors, openError } from './open-log.ts';
import { SourceError } from './read-at.ts';

/** What the globs of a receiver match at this moment. */
export interface FoundPaths {
  /** Absolute, sorted, each once; of whatever kind. */
  readonly paths: readonly string[];
  /** The patterns of `include` that nothing matches. */
  readonly unmatched: readonly string[];
  /** Directories, absolute, of which nobody can say what is in them, and why. */
  readonly unlisted: ReadonlyMap<string, SourceError>;
}

/** Relative patterns start at the working directory. A directory that is not there has no files. */
export async function findPaths(include: readonly string[], exclude: readonly string[]): Promise<FoundPaths> {
  const paths = new Set<string>();
  const unmatched: string[] = [];
  const unlisted = new Map<string, SourceError>();
  for (const pattern of include) {
    const failed = unlisted.size;
    // A plain path is looked at, not searched for: its directory may be large.
    const matched = isDynamicPattern(pattern)
      ? await search(pattern, exclude, unlisted)
      : plainPath(pattern, exclude);
    if (matched.length === 0 && unlisted.size === failed) unmatched.push(pattern);
    for (const path of matched) paths.add(path);
  }
  return { paths: [...paths].toSorted(), unmatched, unlisted };
}

async function search(
  pattern: string,
  exclude: readonly string[],
  unlisted: Map<string, SourceError>,
): Promise<readonly string[]> {
  if (namesOneDirectory(pattern)) return list(pattern, exclude, unlisted);
  const found = await glob([pattern], {
    ignore: exclude,
    absolute: true,
    dot: true,
    expandDirectories: false,
    onlyFiles: false,
    fs: { readdir: listingFor(unlisted) },
  });
  // Directories come with a slash behind them.
  return found.map((path) => resolve(path));
}

/**
 * `readdir` for a search, which passes over what it cannot list: that is right for a directory that it may not enter,
 * but the files in one for which there was no descriptor are not gone.
 */
function listingFor(unlisted: Map<string, SourceError>): typeof readdir {
  const listing = (
    directory: string,
    options: { readonly withFileTypes: true },
    done: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void,
  ): void =>
    readdir(directory, options, (error, entries) => {
      const failure = error && openError(directory, error);
      if (failure && isOutOfDescriptors(failure)) unlisted.set(resolve(directory), failure);
      done(error, entries);
    });
  // Of all its forms a search calls this one.
  return listing as typeof readdir;
}

/** What lies in the one directory of `pattern`, of whatever kind: a search knows nothing of FIFOs, sockets and devices. */
function list(
  pattern: string,
  exclude: readonly string[],
  unlisted: Map<string, SourceError>,
): readonly string[] {
  const directory = dirname(resolve(pattern));
  const matches = picomatch(resolve(pattern), { dot: true, ignore: exclude.map((one) => resolve(one)) });
  try {
    return namesIn(directory)
      .map((name) => join(directory, name))
      .filter((path) => matches(path));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    unlisted.set(directory, error);
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
