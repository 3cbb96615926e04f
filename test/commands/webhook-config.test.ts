import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { freePorts } from '../e2e/free-ports.ts';
import { Workspace } from '../e2e/workspace.ts';
import {
  canMakeCertificates,
  makeCertificate,
  type Certificate,
} from '../exporters/otlp-http/certificate.ts';
import { eventList } from '../receivers/kubernetes-audit/bench.ts';
import { builtRiskpipe } from './built-riskpipe.ts';
import { riskpipe } from './riskpipe.ts';

/** As much of a kubeconfig as a client needs. */
interface Kubeconfig {
  readonly 'current-context': string;
  readonly contexts: readonly {
    readonly name: string;
    readonly context: { cluster: string; user: string };
  }[];
  readonly clusters: readonly { readonly name: string; readonly cluster: Record<string, string> }[];
  readonly users: readonly { readonly name: string; readonly user: Record<string, string> }[];
}

/** What a client takes out of a kubeconfig, going by its current context. */
function chosen(text: string): {
  readonly cluster: Record<string, string>;
  readonly user: Record<string, string>;
} {
  const config = parse(text) as Kubeconfig;
  const named = <T extends { readonly name: string }>(list: readonly T[], name: string): T => {
    const found = list.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no "${name}" in ${text}`);
    return found;
  };
  const { context } = named(config.contexts, config['current-context']);
  return {
    cluster: named(config.clusters, context.cluster).cluster,
    user: named(config.users, context.user).user,
  };
}

/** Posts as a client does that has read a kubeconfig; the status. */
function postBy(text: string, body: string): Promise<number> {
  const { cluster, user } = chosen(text);
  const { tokenFile, 'client-certificate': cert, 'client-key': key } = user;
  const ca = Buffer.from(cluster['certificate-authority-data'] ?? '', 'base64');
  return new Promise((resolve, reject) => {
    const asked = request(cluster['server'] ?? '', {
      method: 'POST',
      ca,
      servername: cluster['tls-server-name'] ?? '',
      ...(cert !== undefined && { cert: readFileSync(cert) }),
      ...(key !== undefined && { key: readFileSync(key) }),
      headers:
        tokenFile === undefined ? {} : { Authorization: `Bearer ${readFileSync(tokenFile, 'utf8').trim()}` },
      agent: false,
    });
    asked.on('error', reject);
    asked.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.end(body);
  });
}

/** A configuration with receivers of these options, by their ids. */
function configure(workspace: Workspace, receivers: Readonly<Record<string, object>>): string {
  const pipelines = { logs: { receivers: Object.keys(receivers), exporters: ['nop'] } };
  const telemetry = { logs: { encoding: 'json' } };
  return workspace.write(
    'config.yaml',
    JSON.stringify({ receivers, exporters: { nop: null }, service: { telemetry, pipelines } }),
  );
}

const print = (config: string, ...more: readonly string[]) =>
  riskpipe(['webhook-config', '--config', config, ...more]);

test('without TLS it names the address, and the flags as comments', async () => {
  const config = configure(new Workspace(), { kubernetes_audit: { path: '/k8s/audit' } });
  const { status, stdout } = await print(config);
  expect(status).toBe(0);
  expect(chosen(stdout)).toEqual({ cluster: { server: 'http://127.0.0.1:14443/k8s/audit' }, user: {} });
  expect(stdout).toContain('#   --audit-webhook-mode=batch\n');
});

test('--flags prints the flags alone, and their file is that of the kubeconfig', async () => {
  const { stdout } = await print(configure(new Workspace(), { kubernetes_audit: {} }), '--flags');
  expect(stdout.trim().split('\n')).toEqual([
    '--audit-policy-file=/etc/kubernetes/audit-policy.yaml',
    '--audit-webhook-config-file=/etc/kubernetes/riskpipe-webhook.yaml',
    '--audit-webhook-mode=batch',
    '--audit-webhook-batch-max-wait=1s',
  ]);
});

test.each([
  [{ endpoint: ':9000', allow_unprotected: true }, [], 'http://127.0.0.1:9000/'],
  [{ endpoint: '0.0.0.0:9000', allow_unprotected: true }, [], 'http://127.0.0.1:9000/'],
  [{ endpoint: '[::1]:9000' }, [], 'http://[::1]:9000/'],
  [{ endpoint: '127.0.0.1:9000' }, ['--server', 'riskpipe.audit.svc:443'], 'http://riskpipe.audit.svc:443/'],
])('%j with %j is reached at %s', async (options, more, server) => {
  const { stdout } = await print(configure(new Workspace(), { kubernetes_audit: options }), ...more);
  expect(chosen(stdout).cluster['server']).toBe(server);
});

test('--name chooses one of several receivers; without it they are listed', async () => {
  const config = configure(new Workspace(), {
    'kubernetes_audit/a': { endpoint: '127.0.0.1:9001' },
    'kubernetes_audit/b': { endpoint: '127.0.0.1:9002' },
  });
  expect(chosen((await print(config, '--name', 'kubernetes_audit/b')).stdout).cluster['server']).toContain(
    ':9002',
  );
  const { status, stderr } = await print(config);
  expect([status, stderr]).toEqual([
    4,
    'riskpipe: could not print the configuration of a webhook: name one of the kubernetes_audit receivers that are in a pipeline, with --name: kubernetes_audit/a, kubernetes_audit/b\n',
  ]);
  expect((await print(config, '--name', 'c')).stderr).toContain('kubernetes_audit/a, kubernetes_audit/b');
});

test('a pipeline without such a receiver, and a wrong address, are told', async () => {
  const workspace = new Workspace();
  expect((await print(configure(workspace, { otlp: { protocols: { http: null } } }))).stderr).toContain(
    'no pipeline has a kubernetes_audit receiver',
  );
  const config = configure(workspace, { kubernetes_audit: {} });
  expect((await print(config, '--server', 'x')).stderr).toContain(
    '"x" is no address; write a host and a port',
  );
});

test('a token without TLS is told: no API server would show it', async () => {
  const workspace = new Workspace();
  const auth = { bearer_token_file: workspace.write('tokens', 'one\n') };
  expect((await print(configure(workspace, { kubernetes_audit: { auth } }))).stderr).toContain(
    'an API server shows its token over TLS only',
  );
});

describe.skipIf(!canMakeCertificates)('with TLS (needs openssl)', () => {
  function certificate(): Certificate {
    const made = makeCertificate();
    onTestFinished(() => made.remove());
    return made;
  }

  test('a client that has nothing but the kubeconfig gets in by certificate and token, and no other', async () => {
    const workspace = new Workspace();
    const { certFile: cert_file, keyFile: key_file } = certificate();
    const client = certificate();
    const [port = 0] = await freePorts(1);
    const config = configure(workspace, {
      kubernetes_audit: {
        endpoint: `127.0.0.1:${port}`,
        tls: { cert_file, key_file, client_ca_file: client.certFile },
        auth: { bearer_token_file: workspace.write('token', 'one\n') },
      },
    });
    await workspace.run(config);
    const { status, stdout, stderr } = await print(
      config,
      '--client-certificate',
      client.certFile,
      '--client-key',
      client.keyFile,
    );
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toContain('PRIVATE KEY');
    expect(chosen(stdout).cluster['tls-server-name']).toBe('backend.test');
    expect(await postBy(stdout, eventList('{}'))).toBe(200);
    const wrong = workspace.write('wrong', 'other\n');
    const lent = await print(config, '--token-file', wrong, '--client-certificate', client.certFile);
    const forged = lent.stdout.replace('/etc/kubernetes/pki/riskpipe-client.key', client.keyFile);
    expect(await postBy(forged, eventList('{}'))).toBe(401);
  });

  test('a client certificate is named where it is assumed to lie, and a name in the certificate is no other', async () => {
    const { certFile: cert_file, keyFile: key_file } = certificate();
    const tls = { cert_file, key_file, client_ca_file: cert_file };
    const config = configure(new Workspace(), { kubernetes_audit: { tls } });
    const { cluster, user } = chosen((await print(config, '--server', 'backend.test:14443')).stdout);
    expect(user).toEqual({
      'client-certificate': '/etc/kubernetes/pki/riskpipe-client.crt',
      'client-key': '/etc/kubernetes/pki/riskpipe-client.key',
    });
    expect(Object.keys(cluster)).toEqual(['server', 'certificate-authority-data']);
  });

  test('--ca says who signed the certificate; a file without one is told', async () => {
    const workspace = new Workspace();
    const { certFile: cert_file, keyFile: key_file } = certificate();
    const other = certificate();
    const config = configure(workspace, { kubernetes_audit: { tls: { cert_file, key_file } } });
    const data =
      chosen((await print(config, '--ca', other.certFile)).stdout).cluster['certificate-authority-data'] ??
      '';
    expect(Buffer.from(data, 'base64').toString().trim()).toBe(other.cert.trim());
    const empty = workspace.write('empty.pem', '');
    expect((await print(config, '--ca', empty)).stderr).toContain('holds no certificate of an authority');
  });

  test('several tokens in the file are told, unless one is named', async () => {
    const workspace = new Workspace();
    const { certFile: cert_file, keyFile: key_file } = certificate();
    const auth = { bearer_token_file: workspace.write('tokens', 'one\ntwo\n') };
    const config = configure(workspace, { kubernetes_audit: { tls: { cert_file, key_file }, auth } });
    expect((await print(config)).stderr).toContain(
      'holds 2 tokens; name a file with one of them, with --token-file',
    );
    expect(chosen((await print(config, '--token-file', '/etc/token')).stdout).user).toEqual({
      tokenFile: '/etc/token',
    });
  });
});

test.skipIf(!canMakeCertificates)(
  'pipelines/webhook.yaml is valid, and has its kubeconfig (needs openssl)',
  async () => {
    const workspace = new Workspace();
    const made = makeCertificate();
    const { certFile, keyFile } = made;
    onTestFinished(() => made.remove());
    const environment = {
      TLS_CERT: certFile,
      TLS_KEY: keyFile,
      CLIENT_CA: certFile,
      RISKPIPE_STATE: workspace.state,
    };
    const config = ['--config', 'pipelines/webhook.yaml'];
    expect(await riskpipe(['validate', ...config], { environment })).toMatchObject({ status: 0 });
    const { stdout } = builtRiskpipe(['webhook-config', ...config], { environment });
    expect(chosen(stdout).cluster['server']).toBe('https://127.0.0.1:14443/');
  },
);
