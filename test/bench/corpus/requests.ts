import { auditLine } from './audit-line.ts';
import type { Cluster } from './cluster.ts';
import { allowedBy, controller, controlPlane, forbidden, kubelet, person, stranger } from './identities.ts';
import { eventObject, managedFields, metadataOf, settingsObject } from './objects.ts';
import { knownPod, newPod, podTemplate, runningStatus } from './pods.ts';
import { readResources } from './words.ts';

/** The requests that a log is a mixture of. Each writes one line. */

/** A kubelet reports; what of it is a near miss of "Pulling image" is up to `reason` and `message`. */
export function kubeletEvent(cluster: Cluster, reason: string, message: string, type = 'Normal'): string {
  const namespace = cluster.namespace();
  const node = cluster.node();
  const name = `${cluster.pod()}.18${cluster.dice.hex(14)}`;
  const requestObject = eventObject(cluster, [namespace, node, name], { reason, message, type });
  const fields = { 'f:count': {}, 'f:involvedObject': {}, 'f:message': {}, 'f:reason': {}, 'f:type': {} };
  const metadata = metadataOf(cluster, name, namespace, {
    managedFields: managedFields(cluster, 'kubelet', fields),
  });
  return auditLine(cluster, {
    verb: 'create',
    uri: `/api/v1/namespaces/${namespace}/events`,
    by: kubelet(cluster, node),
    object: { resource: 'events', namespace, name, apiVersion: 'v1' },
    code: 201,
    requestObject,
    responseObject: cluster.dice.chance(0.5) ? { ...requestObject, metadata } : undefined,
  });
}

export function secretRead(cluster: Cluster): string {
  const { dice } = cluster;
  const namespace = cluster.namespace();
  const isList = dice.chance(0.3);
  const name = `${dice.pick(['tls-', 'registry-', 'database-', 'token-'] as const)}${dice.suffix(5)}`;
  const root = `/api/v1/namespaces/${namespace}/secrets`;
  return auditLine(cluster, {
    verb: isList ? 'list' : 'get',
    uri: isList ? `${root}?limit=500&resourceVersion=0` : `${root}/${name}`,
    by: dice.chance(0.05) ? person(cluster) : controller(cluster),
    object: { resource: 'secrets', namespace, ...(isList ? {} : { name }), apiVersion: 'v1' },
    code: 200,
    annotations: allowedBy('secret-reader', 'ServiceAccount "secret-sync/vault"'),
  });
}

export function podCreation(cluster: Cluster): string {
  const application = cluster.application();
  const namespace = cluster.namespace();
  const place = { application, namespace, name: cluster.pod(application), node: cluster.node() };
  return auditLine(cluster, {
    verb: 'create',
    uri: `/api/v1/namespaces/${namespace}/pods`,
    by: controller(cluster),
    object: { resource: 'pods', namespace, apiVersion: 'v1' },
    code: 201,
    requestObject: newPod(cluster, application, namespace),
    responseObject: cluster.dice.chance(0.6) ? knownPod(cluster, place, false) : undefined,
    annotations: {
      ...allowedBy(
        'system:controller:replicaset-controller',
        'ServiceAccount "replicaset-controller/kube-system"',
      ),
      'mutation.webhook.admission.k8s.io/round_0_index_0':
        '{"configuration":"mesh-injector","webhook":"inject.mesh.example","mutated":false}',
      'pod-security.kubernetes.io/enforce-policy': 'baseline:latest',
    },
  });
}

export function podStatus(cluster: Cluster): string {
  const application = cluster.application();
  const namespace = cluster.namespace();
  const place = { application, namespace, name: cluster.pod(application), node: cluster.node() };
  return auditLine(cluster, {
    verb: 'patch',
    uri: `/api/v1/namespaces/${namespace}/pods/${place.name}/status`,
    by: kubelet(cluster, place.node),
    object: { resource: 'pods', namespace, name: place.name, apiVersion: 'v1', subresource: 'status' },
    code: 200,
    requestObject: { metadata: { uid: cluster.dice.uuid() }, status: runningStatus(cluster, application) },
    responseObject: cluster.dice.chance(0.75) ? knownPod(cluster, place, true) : undefined,
  });
}

/** The longest lines: a node lists the images that it holds. */
export function nodeStatus(cluster: Cluster): string {
  const node = cluster.node();
  const images = cluster.dice.some(10 + cluster.dice.below(26), () => ({
    names: [`${cluster.image()}@${cluster.digest()}`, cluster.image()],
    sizeBytes: cluster.dice.below(600_000_000),
  }));
  const conditions = ['MemoryPressure', 'DiskPressure', 'PIDPressure', 'Ready'].map((type) => ({
    lastHeartbeatTime: cluster.earlier(),
    lastTransitionTime: cluster.earlier(),
    message: 'kubelet has no such pressure',
    reason: 'KubeletIsFine',
    status: type === 'Ready' ? 'True' : 'False',
    type,
  }));
  return auditLine(cluster, {
    verb: 'patch',
    uri: `/api/v1/nodes/${node}/status?timeout=10s`,
    by: kubelet(cluster, node),
    object: { resource: 'nodes', name: node, apiVersion: 'v1', subresource: 'status' },
    code: 200,
    requestObject: { status: { conditions, images } },
  });
}

export function deploymentUpdate(cluster: Cluster): string {
  const namespace = cluster.namespace();
  const name = cluster.application();
  const deployment = {
    kind: 'Deployment',
    apiVersion: 'apps/v1',
    metadata: metadataOf(cluster, name, namespace, { labels: { app: name } }),
    spec: {
      replicas: 1 + cluster.dice.below(8),
      selector: { matchLabels: { app: name } },
      template: podTemplate(cluster, name),
    },
  };
  return auditLine(cluster, {
    verb: 'update',
    uri: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
    by: cluster.dice.chance(0.1) ? person(cluster) : controller(cluster),
    object: { resource: 'deployments', namespace, name, apiGroup: 'apps', apiVersion: 'v1' },
    code: cluster.dice.chance(0.03) ? 409 : 200,
    requestObject: deployment,
    responseObject: cluster.dice.chance(0.4) ? deployment : undefined,
  });
}

export function settingsUpdate(cluster: Cluster): string {
  const namespace = cluster.namespace();
  const name = `${cluster.application()}-settings`;
  return auditLine(cluster, {
    verb: 'update',
    uri: `/api/v1/namespaces/${namespace}/configmaps/${name}`,
    by: cluster.dice.chance(0.3) ? person(cluster) : controller(cluster),
    object: { resource: 'configmaps', namespace, name, apiVersion: 'v1' },
    code: 200,
    requestObject: settingsObject(cluster, name, namespace),
  });
}

export function leaseRenewal(cluster: Cluster): string {
  const name = cluster.node();
  const namespace = 'kube-node-lease';
  return auditLine(cluster, {
    verb: 'update',
    uri: `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases/${name}?timeout=10s`,
    by: kubelet(cluster, name),
    object: {
      resource: 'leases',
      namespace,
      name,
      uid: cluster.dice.uuid(),
      apiGroup: 'coordination.k8s.io',
      apiVersion: 'v1',
      resourceVersion: cluster.resourceVersion(),
    },
    code: 200,
  });
}

export function accessReview(cluster: Cluster): string {
  const { user } = controller(cluster);
  const spec = { nonResourceAttributes: { path: '/metrics', verb: 'get' }, user };
  const review = { kind: 'SubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec };
  return auditLine(cluster, {
    verb: 'create',
    uri: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    by: controller(cluster),
    object: { resource: 'subjectaccessreviews', apiGroup: 'authorization.k8s.io', apiVersion: 'v1' },
    code: 201,
    requestObject: { ...review, status: { allowed: false } },
    responseObject: {
      ...review,
      status: { allowed: true, reason: 'RBAC: allowed by ClusterRoleBinding "metrics"' },
    },
  });
}

export function tokenRequest(cluster: Cluster): string {
  const namespace = cluster.namespace();
  const name = cluster.application();
  return auditLine(cluster, {
    verb: 'create',
    uri: `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`,
    by: kubelet(cluster, cluster.node()),
    object: { resource: 'serviceaccounts', namespace, name, apiVersion: 'v1', subresource: 'token' },
    code: 201,
  });
}

/** What an attacker does, or a person in a hurry: opens a shell, or is refused. */
export function intrusion(cluster: Cluster): string {
  const { dice } = cluster;
  const namespace = cluster.namespace();
  if (dice.chance(0.8)) {
    return auditLine(cluster, {
      verb: dice.chance(0.9) ? 'list' : 'get',
      uri: `/api/v1/namespaces/${namespace}/${dice.pick(['pods', 'secrets', 'nodes'] as const)}`,
      by: stranger(cluster),
      object: { resource: dice.pick(['pods', 'secrets', 'nodes'] as const), namespace, apiVersion: 'v1' },
      code: dice.chance(0.1) ? 401 : 403,
      status: { status: 'Failure', message: 'is forbidden', reason: 'Forbidden' },
      annotations: forbidden,
    });
  }
  const name = cluster.pod();
  const command = dice.pick(['sh', 'bash', '%2Fbin%2Fsh', 'ls&command=-la'] as const);
  return auditLine(cluster, {
    verb: dice.chance(0.5) ? 'create' : 'get',
    uri: `/api/v1/namespaces/${namespace}/pods/${name}/exec?command=${command}&stdin=true&stdout=true&tty=true`,
    by: person(cluster),
    object: { resource: 'pods', namespace, name, apiVersion: 'v1', subresource: 'exec' },
    code: 101,
  });
}

/** Most of every log: somebody reads, lists or watches. */
export function read(cluster: Cluster): string {
  const { dice } = cluster;
  const [apiGroup, resource] = dice.pick(readResources);
  const verb = dice.pick(['get', 'get', 'list', 'watch', 'watch'] as const);
  const who = dice.pick([controlPlane, controller, controller, controller, person] as const);
  const namespace = cluster.namespace();
  const name = verb === 'get' ? cluster.application() : undefined;
  const root = apiGroup === '' ? '/api/v1' : `/apis/${apiGroup}/v1`;
  return auditLine(cluster, {
    verb,
    uri: `${root}/namespaces/${namespace}/${resource}${name === undefined ? queryOf(cluster, verb) : `/${name}`}`,
    by: who(cluster),
    object: {
      resource,
      namespace,
      ...(name === undefined ? {} : { name }),
      ...(apiGroup === '' ? {} : { apiGroup }),
      apiVersion: 'v1',
    },
    code: dice.chance(0.01) ? 404 : 200,
    annotations: allowedBy('view', 'Group "employees"'),
  });
}

function queryOf(cluster: Cluster, verb: string): string {
  if (verb === 'list') return '?limit=500&resourceVersion=0';
  const seconds = 300 + cluster.dice.below(300);
  return `?allowWatchBookmarks=true&resourceVersion=${cluster.resourceVersion()}&timeoutSeconds=${seconds}&watch=true`;
}
