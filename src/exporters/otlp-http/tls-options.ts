import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext, type ConnectionOptions } from 'node:tls';
import { ConfigError } from '../../util/problem.ts';
import type { TlsConfig } from './config.ts';

/**
 * What a TLS connection needs, its files read; relative paths start at `directory`. Throws `ConfigError`, at the
 * path of the option, if a file cannot be read or holds no certificate or key. `NODE_TLS_REJECT_UNAUTHORIZED` has no say: only the configuration has.
 */
export async function readTlsOptions(tls: TlsConfig, directory: string): Promise<ConnectionOptions> {
  const read = async (key: 'ca_file' | 'cert_file' | 'key_file'): Promise<Buffer | undefined> => {
    const file = tls[key];
    if (file === undefined) return undefined;
    const path = resolve(directory, file);
    return readFile(path).catch((cause: unknown) => {
      throw problem(`tls.${key}`, `could not read "${path}": ${messageOf(cause)}`);
    });
  };
  const [ca, cert, key] = [await read('ca_file'), await read('cert_file'), await read('key_file')];
  const options: ConnectionOptions = {
    minVersion: tls.min_version === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
    rejectUnauthorized: !tls.insecure_skip_verify,
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(tls.server_name_override !== undefined && { servername: tls.server_name_override }),
  };
  try {
    createSecureContext(options);
  } catch (cause) {
    throw problem('tls', `a file holds no usable certificate or key: ${messageOf(cause)}`);
  }
  return options;
}

function problem(path: string, message: string): ConfigError {
  return new ConfigError([{ severity: 'error', file: '', line: 0, column: 0, path, message }]);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
