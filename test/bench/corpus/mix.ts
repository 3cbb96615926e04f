import type { Cluster } from './cluster.ts';
import {
  accessReview,
  deploymentUpdate,
  intrusion,
  kubeletEvent,
  leaseRenewal,
  nodeStatus,
  podCreation,
  podStatus,
  read,
  secretRead,
  settingsUpdate,
  tokenRequest,
} from './requests.ts';

type Scribe = (cluster: Cluster) => string;

/**
 * What share of the lines each kind of request is. Sizes and shares follow what was measured on real logs
 * (spec/k8s-audit.md §6, spec/performance.md §0): about 1.8 kB a line, one in a thousand reports a pull.
 */
const shares: readonly (readonly [share: number, scribe: Scribe])[] = [
  [0.001, (cluster) => kubeletEvent(cluster, 'Pulling', `Pulling image "${cluster.image()}"`)],
  [0.034, nearMiss],
  [0.02, secretRead],
  [0.05, podCreation],
  [0.05, podStatus],
  [0.01, nodeStatus],
  [0.025, deploymentUpdate],
  [0.03, settingsUpdate],
  [0.14, leaseRenewal],
  [0.05, accessReview],
  [0.03, tokenRequest],
  [0.012, intrusion],
];

/** The next line of the log of `cluster`. */
export function nextLine(cluster: Cluster): string {
  let rest = cluster.dice.share();
  for (const [share, scribe] of shares) {
    if (rest < share) return scribe(cluster);
    rest -= share;
  }
  return read(cluster);
}

/** What a kubelet says beside pulls; some of it sounds like one. */
function nearMiss(cluster: Cluster): string {
  const { dice } = cluster;
  const image = cluster.image();
  const [reason, message, type] = dice.pick([
    ['Pulled', `Successfully pulled image "${image}" in 1.${dice.below(999)}s (2.1s including waiting). Image size: ${dice.below(9e8)} bytes.`, 'Normal'],
    ['Pulled', `Container image "${image}" already present on machine`, 'Normal'],
    ['BackOff', `Back-off pulling image "${image}"`, 'Normal'],
    ['Created', `Created container: ${cluster.application()}`, 'Normal'],
    ['Started', `Started container ${cluster.application()}`, 'Normal'],
    ['Unhealthy', `Readiness probe failed: Get "http://${cluster.address()}:8080/ready": context deadline exceeded`, 'Warning'],
    ['FailedScheduling', '0/150 nodes are available: 150 Insufficient cpu. preemption: not helpful', 'Warning'],
  ] as const); // prettier-ignore
  return kubeletEvent(cluster, reason, message, type);
}
