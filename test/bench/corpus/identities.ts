import type { Cluster } from './cluster.ts';
import { attackTools, controllers, people, teams } from './words.ts';

/** Who sent a request: the parts of an audit event that say so. */
export interface Identity {
  readonly user: object;
  readonly userAgent: string;
}

const release = 'v1.34.4 (linux/amd64) kubernetes';

export function kubelet({ dice }: Cluster, node: string): Identity {
  return {
    user: {
      username: `system:node:${node}`,
      groups: ['system:nodes', 'system:authenticated'],
      extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${dice.hex(64)}`] },
    },
    userAgent: `kubelet/${release}/a3f1c0d`,
  };
}

export function controller(cluster: Cluster): Identity {
  const { dice } = cluster;
  const [namespace, name] = dice.pick(controllers);
  return {
    user: {
      username: `system:serviceaccount:${namespace}:${name}`,
      uid: dice.uuid(),
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
      extra: {
        'authentication.kubernetes.io/credential-id': [`JTI=${dice.uuid()}`],
        'authentication.kubernetes.io/node-name': [cluster.node()],
        'authentication.kubernetes.io/pod-name': [cluster.pod(name)],
        'authentication.kubernetes.io/pod-uid': [dice.uuid()],
      },
    },
    userAgent:
      namespace === 'kube-system'
        ? `kube-controller-manager/${release}/a3f1c0d/system:serviceaccount:kube-system:${name}`
        : `${name}/v0.0.0 (linux/amd64) kubernetes/$Format`,
  };
}

/** Those of the control plane that are no service accounts. */
export function controlPlane({ dice }: Cluster): Identity {
  const name = dice.pick(['kube-scheduler', 'kube-controller-manager', 'apiserver'] as const);
  const groups = name === 'apiserver' ? ['system:masters', 'system:authenticated'] : ['system:authenticated'];
  return { user: { username: `system:${name}`, groups }, userAgent: `${name}/${release}/a3f1c0d` };
}

export function person({ dice }: Cluster): Identity {
  return {
    user: {
      username: `${dice.pick(people)}@shop.example`,
      uid: `oidc:${dice.hex(24)}`,
      groups: ['employees', dice.pick(teams), 'system:authenticated'],
    },
    userAgent: `kubectl/v1.34.${dice.below(5)} (darwin/arm64) kubernetes/${dice.hex(7)}`,
  };
}

export function stranger({ dice }: Cluster): Identity {
  return {
    user: { username: 'system:anonymous', groups: ['system:unauthenticated'] },
    userAgent: dice.pick(attackTools),
  };
}

/** What the authorizer notes about an allowed request of `who`. */
export const allowedBy = (role: string, who: string): object => ({
  'authorization.k8s.io/decision': 'allow',
  'authorization.k8s.io/reason': `RBAC: allowed by ClusterRoleBinding "${role}" of ClusterRole "${role}" to ${who}`,
});

export const allowed: object = {
  'authorization.k8s.io/decision': 'allow',
  'authorization.k8s.io/reason': '',
};

export const forbidden: object = {
  'authorization.k8s.io/decision': 'forbid',
  'authorization.k8s.io/reason': '',
};
