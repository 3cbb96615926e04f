import type { ConnectionOptions } from 'node:tls';
import type { TlsConfig } from './tls-config.ts';
import { checkUsable, TlsMaterial } from './tls-material.ts';

/** What a TLS connection needs, and whether the files that it comes from are still the same. */
export class TlsFiles {
  readonly #tls: TlsConfig;
  readonly #material: TlsMaterial;
  #options: ConnectionOptions = {};

  private constructor(tls: TlsConfig, directory: string) {
    const { ca_file, cert_file, key_file } = tls;
    this.#tls = tls;
    this.#material = new TlsMaterial({ ca_file, cert_file, key_file }, directory);
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
    if (!(await this.#material.hasChanged())) return false;
    this.#options = await this.#read();
    return true;
  }

  async #read(): Promise<ConnectionOptions> {
    const files = await this.#material.read();
    const [ca, cert, key] = ['ca_file', 'cert_file', 'key_file'].map((option) => files.get(option));
    const { min_version, insecure_skip_verify, server_name_override } = this.#tls;
    const options: ConnectionOptions = {
      minVersion: `TLSv${min_version}`,
      rejectUnauthorized: !insecure_skip_verify,
      ...(ca && { ca }),
      ...(cert && { cert }),
      ...(key && { key }),
      ...(server_name_override !== undefined && { servername: server_name_override }),
    };
    checkUsable(options);
    return options;
  }
}
