import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import { ConfigError } from '../util/problem.ts';
import type { TlsConfig } from './tls-config.ts';

const keys = ['ca_file', 'cert_file', 'key_file'] as const;
type Key = (typeof keys)[number];

/** What a TLS connection needs, and whether the files that it comes from are still the same. */
export class TlsFiles {
  readonly #tls: TlsConfig;
  readonly #paths: ReadonlyMap<Key, string>;
  #stamp = '';
  #options: ConnectionOptions = {};

  private constructor(tls: TlsConfig, directory: string) {
    this.#tls = tls;
    this.#paths = new Map(
      keys.flatMap((key) => (tls[key] === undefined ? [] : [[key, resolve(directory, tls[key])] as const])),
    );
  }

  /**
   * Reads the files; relative paths start at `directory`. Throws `ConfigError`, at the path of the option, if a file
   * cannot be read or holds no certificate or key.
   */
  static async read(tls: TlsConfig, directory: string): Promise<TlsFiles> {
    const files = new TlsFiles(tls, directory);
    await files.refresh();
    return files;
  }

  /** What was read last. `NODE_TLS_REJECT_UNAUTHORIZED` has no say: only the configuration has. */
  get options(): ConnectionOptions {
    return this.#options;
  }

  /**
   * Reads the files again if they have changed; true if there are new options then. Throws `ConfigError` if they
   * cannot be used, once for each change, and keeps the options: of two files that belong together one may be written
   * a moment before the other.
   */
  async refresh(): Promise<boolean> {
    const stamp = await this.#stampOfFiles();
    if (stamp === this.#stamp) return false;
    this.#stamp = stamp;
    this.#options = await this.#read();
    return true;
  }

  async #stampOfFiles(): Promise<string> {
    const stamps: string[] = ['read'];
    for (const path of this.#paths.values()) {
      // A file that is not there has a stamp, too; reading it says what is wrong.
      const found = await stat(path, { bigint: true }).catch(() => undefined);
      stamps.push(
        found === undefined ? 'none' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`,
      );
    }
    return stamps.join('\n');
  }

  async #read(): Promise<ConnectionOptions> {
    const files = new Map<Key, Buffer>();
    for (const [key, path] of this.#paths) {
      const content = await readFile(path).catch((cause: unknown) => {
        throw problem(`tls.${key}`, `could not read "${path}": ${messageOf(cause)}`);
      });
      files.set(key, content);
    }
    const [ca, cert, key] = keys.map((name) => files.get(name));
    const { min_version, insecure_skip_verify, server_name_override } = this.#tls;
    const options: ConnectionOptions = {
      minVersion: min_version === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
      rejectUnauthorized: !insecure_skip_verify,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
      ...(server_name_override !== undefined && { servername: server_name_override }),
    };
    try {
      createSecureContext(options);
    } catch (cause) {
      throw problem('tls', `a file holds no usable certificate or key: ${messageOf(cause)}`);
    }
    return options;
  }
}

function problem(path: string, message: string): ConfigError {
  return new ConfigError([{ severity: 'error', file: '', line: 0, column: 0, path, message }]);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
