import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { hostInUrl, parseHostAndPort } from '../../util/host-and-port.ts';
import { apiserverFlags } from './apiserver-flags.ts';
import type { AuditListener } from './audit-listener.ts';
import { serverTrust } from './server-trust.ts';

/** What only the machine of the API server knows, where that differs from what is assumed. */
export interface Places {
  /** Host and port by which it reaches the receiver. */
  readonly server?: string;
  /** Here: the certificate of the authority that signed the receiver's, PEM. */
  readonly ca?: string;
  /** There: the certificate that the API server shows, and its key. */
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  /** There: a file with the token that the API server shows. */
  readonly tokenFile?: string;
}

const assumed = {
  clientCertificate: '/etc/kubernetes/pki/riskpipe-client.crt',
  clientKey: '/etc/kubernetes/pki/riskpipe-client.key',
};

/**
 * A kubeconfig for `--audit-webhook-config-file`, with what goes with it as comments. Holds no secret: tokens and keys
 * are named by their files. Throws an error if the API server could not get in with it.
 */
export async function kubeconfigFor(listener: AuditListener, places: Places): Promise<string> {
  const { id, tls } = listener;
  const server = serverOf(listener, places);
  const trust = tls && (await serverTrust(listener, server.hostname, places.ca));
  const user = { ...clientCertificate(listener, places), ...(await token(listener, places)) };
  const name = 'riskpipe';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server: server.href, ...trust } }],
    users: [{ name: 'kube-apiserver', user }],
    contexts: [{ name, context: { cluster: name, user: 'kube-apiserver' } }],
    'current-context': name,
  };
  return `${comments(id).join('\n')}\n${stringify(config, { lineWidth: 0 })}`;
}

const comments = (id: string): readonly string[] => [
  `# Where a kube-apiserver sends its audit events: the receiver ${id} of riskpipe.`,
  '# Paths are those of the machine that the API server runs on. Its flags:',
  ...apiserverFlags.map((flag) => `#   ${flag}`),
];

function serverOf({ endpoint, path, tls }: AuditListener, { server = endpoint }: Places): URL {
  const address = parseHostAndPort(server);
  if (address === undefined) throw new Error(`"${server}" is no address; write a host and a port`);
  const { host, port } = address;
  // From all interfaces the one of the same machine.
  const isAny = host === '' || host === '0.0.0.0' || host === '::';
  const shown = isAny ? '127.0.0.1' : hostInUrl(host);
  return new URL(`${tls === undefined ? 'http' : 'https'}://${shown}:${port}${path}`);
}

function clientCertificate({ tls }: AuditListener, places: Places): object {
  if (tls?.client_ca_file === undefined) return {};
  return {
    'client-certificate': places.clientCertificate ?? assumed.clientCertificate,
    'client-key': places.clientKey ?? assumed.clientKey,
  };
}

async function token({ auth, tls, directory }: AuditListener, { tokenFile }: Places): Promise<object> {
  if (auth === undefined) return {};
  if (tls === undefined) {
    throw new Error('an API server shows its token over TLS only; configure "tls", or leave out "auth"');
  }
  if (tokenFile !== undefined) return { tokenFile };
  const path = resolve(directory, auth.bearer_token_file);
  const tokens = (await readFile(path, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  if (tokens.length === 1) return { tokenFile: path };
  throw new Error(`"${path}" holds ${tokens.length} tokens; name a file with one of them, with --token-file`);
}
