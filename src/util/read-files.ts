import { readFile } from 'node:fs/promises';
import { isAbsolute, relative, resolve } from 'node:path';
import { glob } from 'tinyglobby';
import type { Problem } from './problem.ts';

export interface ReadFile {
  /** For messages: relative to the working directory if it lies below, absolute otherwise. */
  readonly path: string;
  readonly text: string;
}

/**
 * The text files that `patterns` name, sorted by path; relative patterns start at `directory`. A pattern that
 * matches nothing, and a file that cannot be read, is a problem; that of a pattern has no file, and as its path
 * `${written}[index]`, where the patterns are written.
 */
export async function readFiles(
  patterns: readonly string[],
  directory: string,
  written: string,
): Promise<{ readonly files: readonly ReadFile[]; readonly problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const paths = new Set<string>();
  for (const [index, pattern] of patterns.entries()) {
    const found = await glob(pattern, { cwd: directory, absolute: true, expandDirectories: false });
    if (found.length === 0) {
      problems.push(problem('', `no file matches "${pattern}" in ${directory}`, `${written}[${index}]`));
    }
    for (const path of found) paths.add(resolve(path));
  }
  const files: ReadFile[] = [];
  for (const path of [...paths].sort()) {
    const shown = shortPath(path);
    try {
      files.push({ path: shown, text: await readFile(path, 'utf8') });
    } catch (error) {
      problems.push(problem(shown, `could not be read (${(error as NodeJS.ErrnoException).code})`));
    }
  }
  return { files, problems };
}

/** An absolute path as messages show it: relative to the working directory if it lies below. */
export function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

const problem = (file: string, message: string, path = ''): Problem => ({
  severity: 'error',
  file,
  line: 0,
  column: 0,
  path,
  message,
});
