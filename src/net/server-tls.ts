import type { TlsOptions } from 'node:tls';
import { z } from 'zod';
import { checkUsable, TlsMaterial } from './tls-material.ts';

/** `tls` of a component that listens, with the Collector's names (spec/collector.md §6). */
export const serverTlsConfig = z.strictObject({
  cert_file: z.string().min(1).describe('The certificate to show to whoever connects, PEM.'),
  key_file: z.string().min(1).describe('Its key, PEM.'),
  client_ca_file: z
    .string()
    .min(1)
    .optional()
    .describe('Whoever connects has to show a certificate of one of these authorities, PEM.'),
  min_version: z.enum(['1.2', '1.3']).default('1.2').describe('The oldest TLS version to speak.'),
});

type ServerTlsConfig = z.output<typeof serverTlsConfig>;

/** What a listener needs to speak TLS, from files that may be replaced while it runs. */
export class ServerTls {
  readonly #config: ServerTlsConfig;
  readonly #material: TlsMaterial;
  #options: TlsOptions = {};

  private constructor(config: ServerTlsConfig, directory: string) {
    const { cert_file, key_file, client_ca_file } = config;
    this.#config = config;
    this.#material = new TlsMaterial({ cert_file, key_file, client_ca_file }, directory);
  }

  /** As `TlsFiles.read`. */
  static async read(config: ServerTlsConfig, directory: string): Promise<ServerTls> {
    const tls = new ServerTls(config, directory);
    await tls.refresh();
    return tls;
  }

  /** What was read last. */
  get options(): TlsOptions {
    return this.#options;
  }

  /** As `TlsFiles.refresh`. */
  async refresh(): Promise<boolean> {
    if (!(await this.#material.hasChanged())) return false;
    const files = await this.#material.read();
    const [cert, key, ca] = ['cert_file', 'key_file', 'client_ca_file'].map((option) => files.get(option));
    const options: TlsOptions = {
      minVersion: `TLSv${this.#config.min_version}`,
      ...(cert && { cert }),
      ...(key && { key }),
      ...(ca && { ca, requestCert: true, rejectUnauthorized: true }),
    };
    checkUsable(options);
    this.#options = options;
    return true;
  }
}
