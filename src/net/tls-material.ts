import { resolve } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { configError } from '../util/problem.ts';
import { reasonOf } from '../util/reason-of.ts';
import { fileStamp } from './file-stamp.ts';
import { readOptionFile } from './read-option-file.ts';

/** Certificates and keys in files, by the option that names each, and whether they are still the same. */
export class TlsMaterial {
  readonly #paths: ReadonlyMap<string, string>;
  #stamp = '';

  /** `files`: option to path; relative paths start at `directory`. */
  constructor(files: Readonly<Record<string, string | undefined>>, directory: string) {
    const given = Object.entries(files).filter((file): file is [string, string] => file[1] !== undefined);
    this.#paths = new Map(given.map(([option, path]) => [option, resolve(directory, path)]));
  }

  /** True, once, if a file is not what it was at the last call; the first call says so, too. */
  async hasChanged(): Promise<boolean> {
    const stamps = await Promise.all([...this.#paths.values()].map(fileStamp));
    const stamp = ['read', ...stamps].join('\n');
    const changed = stamp !== this.#stamp;
    this.#stamp = stamp;
    return changed;
  }

  /** The files, by option. Throws `ConfigError`, at `tls.<option>`, if one cannot be read. */
  async read(): Promise<ReadonlyMap<string, Buffer>> {
    const files = new Map<string, Buffer>();
    for (const [option, path] of this.#paths) {
      files.set(option, await readOptionFile(`tls.${option}`, path));
    }
    return files;
  }
}

/** Throws `ConfigError`, at `tls`, if OpenSSL can make nothing of what the files hold. */
export function checkUsable(options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (cause) {
    throw configError('tls', `a file holds no usable certificate or key: ${reasonOf(cause)}`);
  }
}
