import type { Cluster } from './cluster.ts';
import { managedFields, metadataOf } from './objects.ts';

const scripts = [
  'set -eu; until nc -z "$DB_HOST" 5432; do sleep 1; done && exec /srv/app --port 8080 2>&1',
  'exec java -Xmx1g -jar /srv/app.jar --spring.profiles.active=production',
  'for i in 1 2 3; do [ $i < 3 ] && /srv/migrate up > /dev/null; done; exec /srv/app',
] as const;

const settings = [
  ['LOG_LEVEL', 'info'],
  ['DB_HOST', 'postgres.shop.svc.cluster.local'],
  ['CACHE_URL', 'redis://session-store:6379/0?timeout=2s&pool=16'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://otel-collector.monitoring:4317'],
  ['FEATURES', 'search,<beta>,checkout&pay'],
] as const;

export function podTemplate(cluster: Cluster, application: string): object {
  return {
    metadata: { labels: labelsOf(cluster, application) },
    spec: podSpec(cluster, application, undefined),
  };
}

/** A pod as its controller creates it: no node, no status. */
export function newPod(cluster: Cluster, application: string, namespace: string): object {
  const owner = cluster.replicaSet(application);
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      generateName: `${owner}-`,
      namespace,
      labels: labelsOf(cluster, application),
      annotations: { 'shop.example/config-hash': cluster.dice.hex(64) },
      ownerReferences: [ownerReference(cluster, owner)],
    },
    spec: podSpec(cluster, application, undefined),
    status: {},
  };
}

/** A pod as the apiserver keeps it; `running`: with the status that its kubelet reports. */
export function knownPod(cluster: Cluster, pod: PodPlace, running: boolean): object {
  const { application, namespace, name, node } = pod;
  const owner = name.slice(0, -6);
  const labels = labelsOf(cluster, application);
  const ownerReferences = [ownerReference(cluster, owner)];
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: metadataOf(cluster, name, namespace, {
      labels,
      ownerReferences,
      managedFields: managedFields(cluster, 'kube-controller-manager', podFields(cluster, application)),
    }),
    spec: podSpec(cluster, application, node),
    status: running ? runningStatus(cluster, application) : { phase: 'Pending', qosClass: 'Burstable' },
  };
}

export interface PodPlace {
  readonly application: string;
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
}

export function runningStatus(cluster: Cluster, application: string): object {
  const since = cluster.earlier();
  const conditions = ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled'];
  return {
    phase: 'Running',
    conditions: conditions.map((type) => ({
      type,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: since,
    })),
    hostIP: cluster.address(),
    podIP: cluster.address(),
    startTime: since,
    containerStatuses: [
      {
        name: application,
        state: { running: { startedAt: since } },
        lastState: {},
        ready: true,
        restartCount: cluster.dice.below(3),
        image: cluster.image(),
        imageID: `${cluster.image()}@${cluster.digest()}`,
        containerID: `containerd://${cluster.dice.hex(64)}`,
        started: true,
      },
    ],
    qosClass: 'Burstable',
  };
}

function podSpec(cluster: Cluster, application: string, node: string | undefined): object {
  const { dice } = cluster;
  const volume = `kube-api-access-${dice.suffix(5)}`;
  const count = dice.chance(0.25) ? 2 : 1;
  return {
    volumes: [
      {
        name: volume,
        projected: {
          sources: [
            { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
          defaultMode: 420,
        },
      },
    ],
    containers: dice.some(count, () => container(cluster, application, volume)),
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    serviceAccountName: application,
    ...(node === undefined ? {} : { nodeName: node }),
    ...(dice.chance(0.01) ? { hostNetwork: true } : {}),
    securityContext: {},
    schedulerName: 'default-scheduler',
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      key: `node.kubernetes.io/${key}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    })),
    priority: 0,
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
  };
}

function container(cluster: Cluster, application: string, volume: string): object {
  const { dice } = cluster;
  return {
    name: application,
    image: cluster.image(),
    ...(dice.chance(0.4) ? { command: ['/bin/sh', '-c'], args: [dice.pick(scripts)] } : {}),
    ports: [{ name: 'http', containerPort: 8080, protocol: 'TCP' }],
    env: settings.slice(0, 1 + dice.below(settings.length)).map(([name, value]) => ({ name, value })),
    resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    volumeMounts: [
      { name: volume, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' },
    ],
    readinessProbe: {
      httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' },
      timeoutSeconds: 1,
      periodSeconds: 10,
    },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: 'IfNotPresent',
    securityContext: { runAsNonRoot: true, ...(dice.chance(0.02) ? { privileged: true } : {}) },
  };
}

const labelsOf = (cluster: Cluster, application: string): object => ({
  app: application,
  'app.kubernetes.io/name': application,
  'pod-template-hash': cluster.dice.hex(9),
});

const ownerReference = (cluster: Cluster, name: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  name,
  uid: cluster.dice.uuid(),
  controller: true,
  blockOwnerDeletion: true,
});

const podFields = (cluster: Cluster, application: string): object => ({
  'f:metadata': {
    'f:generateName': {},
    'f:labels': { '.': {}, 'f:app': {}, 'f:pod-template-hash': {} },
    'f:ownerReferences': { '.': {}, [`k:{"uid":"${cluster.dice.uuid()}"}`]: {} },
  },
  'f:spec': {
    'f:containers': {
      [`k:{"name":"${application}"}`]: { '.': {}, 'f:image': {}, 'f:name': {}, 'f:resources': { '.': {} } },
    },
    'f:dnsPolicy': {},
    'f:restartPolicy': {},
  },
});
