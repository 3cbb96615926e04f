// Writes examples/audit.log, an hour of a small cluster. Run it after changing anything here, in scribe.mjs or in
// audit-events.mjs; the same source always writes the same bytes.

import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kubelet } from './audit-events.mjs';
import { component, Scribe } from './scribe.mjs';

/** The log as text. */
export function sampleLog() {
  const scribe = new Scribe(20260412);
  noise(scribe);
  people(scribe);
  allowedPulls(scribe);
  nearMisses(scribe);
  suspiciousPulls(scribe);
  return scribe.log;
}

/**
 * What every cluster says all the time.
 * @param {Scribe} scribe
 */
function noise(scribe) {
  for (const minute of ['00', '11', '23', '34', '46', '57']) {
    scribe.renews(`${minute}:04`, 'kube-system', 'kube-scheduler');
    scribe.renews(`${minute}:07`, 'kube-node-lease', 'n1');
    scribe.renews(`${minute}:09`, 'kube-node-lease', 'n2');
  }
  for (const minute of ['05', '20', '35', '50']) {
    scribe.probes(`${minute}:30`, '/readyz');
    scribe.probes(`${minute}:31`, '/livez');
  }
  scribe.watches('08:47', 'n1');
  scribe.watches('38:25', 'n2');
  scribe.write('02:58', {
    level: 'Metadata',
    verb: 'get',
    uri: '/apis?timeout=32s',
    ...component('kube-controller-manager'),
    code: 200,
  });
  scribe.write('16:33', {
    level: 'Metadata',
    verb: 'patch',
    uri: '/api/v1/nodes/n2/status?timeout=10s',
    ...kubelet('n2'),
    object: { resource: 'nodes', name: 'n2', apiVersion: 'v1', subresource: 'status' },
    code: 200,
  });
  scribe.write('29:12', {
    level: 'Metadata',
    verb: 'create',
    uri: '/api/v1/namespaces/shop/serviceaccounts/default/token',
    ...kubelet('n1'),
    object: {
      resource: 'serviceaccounts',
      namespace: 'shop',
      name: 'default',
      apiVersion: 'v1',
      subresource: 'token',
    },
    code: 201,
  });
  scribe.write('40:40', {
    level: 'Metadata',
    verb: 'list',
    uri: '/api/v1/pods?limit=500&resourceVersion=0',
    ...component('kube-scheduler'),
    object: { resource: 'pods', apiVersion: 'v1' },
    code: 200,
  });
}

/**
 * An engineer at work. Her runbook and a note of hers hold the very words that the detection looks for.
 * @param {Scribe} scribe
 */
function people(scribe) {
  const jane = {
    user: { username: 'jane', groups: ['platform', 'system:authenticated'] },
    address: '198.51.100.23',
    agent: 'kubectl/v1.34.2 (darwin/arm64) kubernetes/8cc511e',
    reason: 'RBAC: allowed by RoleBinding "platform-edit/shop" of ClusterRole "edit" to Group "platform"',
  };
  scribe.write('12:34', {
    level: 'Metadata',
    verb: 'list',
    uri: '/api/v1/namespaces/shop/pods?limit=500',
    ...jane,
    object: { resource: 'pods', namespace: 'shop', apiVersion: 'v1' },
    code: 200,
  });
  scribe.write('14:53', {
    level: 'Request',
    verb: 'create',
    uri: '/api/v1/namespaces/shop/configmaps?fieldManager=kubectl-create&fieldValidation=Strict',
    ...jane,
    object: { resource: 'configmaps', namespace: 'shop', name: 'runbook', apiVersion: 'v1' },
    code: 201,
    body: {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: { name: 'runbook', namespace: 'shop' },
      data: { 'pull.md': 'Pulling image "shop/web" hangs? Look at the registry first.' },
    },
  });
  scribe.write('15:35', {
    level: 'Metadata',
    verb: 'get',
    uri: '/api/v1/namespaces/shop/pods/web-5f8c7b6d94-k2vqp/log?container=web',
    ...jane,
    object: {
      resource: 'pods',
      namespace: 'shop',
      name: 'web-5f8c7b6d94-k2vqp',
      apiVersion: 'v1',
      subresource: 'log',
    },
    code: 200,
  });
  scribe.write('48:01', {
    level: 'Request',
    verb: 'patch',
    uri: '/apis/apps/v1/namespaces/shop/deployments/web?fieldManager=kubectl-annotate',
    ...jane,
    object: { resource: 'deployments', namespace: 'shop', name: 'web', apiGroup: 'apps', apiVersion: 'v1' },
    code: 200,
    body: {
      metadata: { annotations: { 'shop.example/message': 'Pulling image took > 2 min on <n2> & n1' } },
    },
  });
}

/**
 * Security agents, which the allowlist knows.
 * @param {Scribe} scribe
 */
function allowedPulls(scribe) {
  const falco = 'docker.io/falcosecurity/falco:0.42.1';
  scribe.tells('06:41', 'n1', 'falco/falco-8xk2m', 'Pulling', `Pulling image "${falco}"`);
  scribe.tells('07:05', 'n2', 'falco/falco-z7q4d', 'Pulling', `Pulling image "${falco}"`);
  const splunk = 'quay.io/signalfx/splunk-otel-collector:0.138.0';
  scribe.tells('21:48', 'n2', 'observability/splunk-agent-tq7vd', 'Pulling', `Pulling image "${splunk}"`);
}

/**
 * What kubelets say of images without pulling one.
 * @param {Scribe} scribe
 */
function nearMisses(scribe) {
  const web = 'shop/web-5f8c7b6d94-k2vqp';
  scribe.tells(
    '06:44',
    'n1',
    'falco/falco-8xk2m',
    'Pulled',
    'Successfully pulled image "docker.io/falcosecurity/falco:0.42.1" in 2.412s (2.412s including waiting). Image size: 81264113 bytes.',
  );
  scribe.tells(
    '10:22',
    'n1',
    web,
    'Pulled',
    'Container image "registry.shop.example/web:3.4.1" already present on machine',
  );
  scribe.tells('10:23', 'n1', web, 'Created', 'Created container: web');
  scribe.tells('10:24', 'n1', web, 'Started', 'Started container web');
  const miner = 'docker.io/quickcoin/xmrig:6.22.2';
  const checkout = 'shop/checkout-6c9f7d5b8-x2lmq';
  scribe.tells(
    '17:46',
    'n1',
    checkout,
    'Failed',
    `Failed to pull image "${miner}": rpc error: code = Unknown desc = toomanyrequests`,
  );
  scribe.tells('17:47', 'n1', checkout, 'BackOff', `Back-off pulling image "${miner}"`);
}

/**
 * What should be looked at: a miner beside the checkout, tried twice; a tool from a bare address; a shell.
 * @param {Scribe} scribe
 */
function suspiciousPulls(scribe) {
  const miner = scribe.tells(
    '17:45',
    'n1',
    'shop/checkout-6c9f7d5b8-x2lmq',
    'Pulling',
    'Pulling image "docker.io/quickcoin/xmrig:6.22.2"',
  );
  scribe.repeats('18:05', miner);
  const loader =
    '203.0.113.80:5000/tools/loader@sha256:4bcff63911fcb4448bd4fdacec207030997caf25e9bea4045fa6c8c44de311d1';
  scribe.tells('31:06', 'n2', 'batch/report-29601360-lw9cf', 'Pulling', `Pulling image "${loader}"`);
  scribe.tells('44:06', 'n2', 'shop/debug-shell', 'Pulling', 'Pulling image "nicetools/netshoot"');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('audit.log', import.meta.url), sampleLog());
}
