import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { ConfigError } from '../util/problem.ts';
import { fileStamp } from './file-stamp.ts';

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
      const content = await readFile(path).catch((cause: unknown) => {
        throw problem(`tls.${option}`, `could not read "${path}": ${messageOf(cause)}`);
      });
      files.set(option, content);
    }
    return files;
  }
}

/** Throws `ConfigError`, at `tls`, if OpenSSL can make nothing of what the files hold. */
export function checkUsable(options: SecureContextOptions): void {
  try {
    createSecureContext(options);
  } catch (cause) {
    throw problem('tls', `a file holds no usable certificate or key: ${messageOf(cause)}`);
  }
}

function problem(path: string, message: string): ConfigError {
  return new ConfigError([{ severity: 'error', file: '', line: 0, column: 0, path, message }]);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
