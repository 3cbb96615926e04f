import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDirectory } from '../files.ts';

/** Where the local copies of data sets are, as the options of a command say. */
export interface DataFiles {
  /**
   * The file that holds the data set `data` (URL or path); undefined if there is none. What was named wins over what
   * lies in a directory, and in a directory the longest part of the path does.
   */
  find(data: string): Promise<string | undefined>;
  /** Names that were given and that no `find` has asked for. */
  readonly unused: readonly string[];
}

interface Named {
  readonly name: string;
  readonly path: string;
}

/**
 * Reads the values of `--data`: `NAME=FILE`, where the name is how a data set's path ends (`T1526/x/x.json` or `x.json`),
 * or a directory with files at the paths that the data sets have, or at the end of them. A text says what is wrong.
 */
export async function dataFiles(given: readonly string[]): Promise<DataFiles | string> {
  const directories: string[] = [];
  const named: Named[] = [];
  for (const value of given) {
    const [, name, path] = /^([^=]+)=(.+)$/.exec(value) ?? [];
    if (await isDirectory(value)) directories.push(value);
    else if (name === undefined || path === undefined)
      return `--data: "${value}" is no directory; write NAME=FILE, or the directory of the data sets`;
    else if (await isFile(path)) named.push({ name, path });
    else return `--data: there is no file "${path}"`;
  }
  return new GivenFiles(named, directories);
}

class GivenFiles implements DataFiles {
  readonly #named: readonly Named[];
  readonly #directories: readonly string[];
  readonly #used = new Set<string>();

  constructor(named: readonly Named[], directories: readonly string[]) {
    this.#named = named;
    this.#directories = directories;
  }

  async find(data: string): Promise<string | undefined> {
    const endings = endingsOf(data);
    const found = this.#named.filter(({ name }) => endings.includes(name));
    for (const { name } of found) this.#used.add(name);
    const [first] = found;
    if (first !== undefined) return first.path;
    for (const directory of this.#directories) {
      for (const ending of endings) {
        const path = join(directory, ending);
        if (await isFile(path)) return path;
      }
    }
    return undefined;
  }

  get unused(): readonly string[] {
    return this.#named.map(({ name }) => name).filter((name) => !this.#used.has(name));
  }
}

/** `a/b/c`, `b/c`, `c` of `https://host/a/b/c`. None of a path that climbs: it could lead out of a directory. */
function endingsOf(data: string): readonly string[] {
  const parts = data
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .replace(/[?#].*$/, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.');
  return parts.includes('..') ? [] : parts.map((_, index) => parts.slice(index).join('/'));
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
