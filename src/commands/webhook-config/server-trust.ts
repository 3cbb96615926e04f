import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import type { AuditListener } from './audit-listener.ts';

/**
 * By what an API server knows the receiver for the right one: the authority of its certificate, from `ca` or from the
 * file of the certificate itself, and the name in it where that is not `host`. Throws an error that says what is
 * missing.
 */
export async function serverTrust(
  { tls, directory }: AuditListener,
  host: string,
  ca: string | undefined,
): Promise<object> {
  const path = resolve(directory, tls?.cert_file ?? '');
  const chain = await certificatesIn(path);
  const [shown] = chain;
  if (shown === undefined) throw new Error(`"${path}" holds no certificate`);
  const authorities = ca === undefined ? chain.filter(isAuthority) : await certificatesIn(ca);
  if (authorities.length === 0) {
    throw new Error(`"${ca ?? path}" holds no certificate of an authority; name a file that does, with --ca`);
  }
  const pem = authorities.map(String).join('');
  return {
    'certificate-authority-data': Buffer.from(pem).toString('base64'),
    ...nameIn(shown, host.replace(/^\[|\]$/g, '')),
  };
}

async function certificatesIn(path: string): Promise<readonly X509Certificate[]> {
  const found = (await readFile(path, 'utf8')).match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  return (found ?? []).map((pem) => new X509Certificate(pem));
}

/** One that signs others, or itself. */
const isAuthority = (certificate: X509Certificate): boolean =>
  certificate.ca || certificate.checkIssued(certificate);

/** Under which name to look for the certificate; nothing if it is made out to `host`. */
function nameIn(certificate: X509Certificate, host: string): object {
  const fits = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
  if (fits !== undefined) return {};
  const name = /DNS:([\w.-]+)/.exec(certificate.subjectAltName ?? '')?.[1];
  if (name === undefined)
    throw new Error(`the certificate is not made out to "${host}"; name the host with --server`);
  return { 'tls-server-name': name };
}
