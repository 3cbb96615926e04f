import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that is its own authority, for the name `backend.test`, as files and as text. */
export interface Certificate {
  readonly directory: string;
  readonly certFile: string;
  readonly keyFile: string;
  readonly cert: string;
  readonly key: string;
  remove(): void;
}

/** True if `openssl` is there to make one. */
export const canMakeCertificates = spawnSync('openssl', ['version']).status === 0;

export function makeCertificate(): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-tls-'));
  const certFile = join(directory, 'cert.pem');
  const keyFile = join(directory, 'key.pem');
  const kind =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=backend.test';
  const name = ['-addext', 'subjectAltName=DNS:backend.test'];
  const made = spawnSync('openssl', [...kind.split(' '), ...name, '-keyout', keyFile, '-out', certFile]);
  if (made.status !== 0) throw new Error(made.stderr.toString());
  return {
    directory,
    certFile,
    keyFile,
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    remove: () => rmSync(directory, { recursive: true }),
  };
}
