import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  openssl(directory, `req -x509 ${request} -days 2 -out cert.pem`);
  return filesOf(directory);
}

/** The same, but it was good for a day in 2020 only. */
export function makeExpiredCertificate(): Certificate {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-tls-'));
  writeFileSync(join(directory, 'ca.cnf'), authority);
  writeFileSync(join(directory, 'index.txt'), '');
  openssl(directory, `req -new ${request} -out request.pem`);
  const dates = '-startdate 20200101000000Z -enddate 20200102000000Z';
  openssl(
    directory,
    `ca -batch -selfsign -notext -config ca.cnf -keyfile key.pem -in request.pem -out cert.pem ${dates}`,
  );
  return filesOf(directory);
}

const request =
  '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=backend.test -addext subjectAltName=DNS:backend.test -keyout key.pem';

const authority = `[ca]
default_ca=all
[all]
database=index.txt
new_certs_dir=.
rand_serial=yes
default_md=sha256
policy=any
copy_extensions=copy
[any]
commonName=supplied
`;

function openssl(directory: string, words: string): void {
  const made = spawnSync('openssl', words.split(' '), { cwd: directory });
  if (made.status !== 0) throw new Error(made.stderr.toString());
}

function filesOf(directory: string): Certificate {
  const certFile = join(directory, 'cert.pem');
  const keyFile = join(directory, 'key.pem');
  return {
    directory,
    certFile,
    keyFile,
    cert: readFileSync(certFile, 'utf8'),
    key: readFileSync(keyFile, 'utf8'),
    remove: () => rmSync(directory, { recursive: true }),
  };
}
