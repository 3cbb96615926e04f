import type { Resource } from './record.ts';

/** The cluster that a resource belongs to: its `k8s.cluster.name`, or `otherwise` if it does not name one. */
export function clusterOf({ attributes }: Resource, otherwise: string): string {
  const named = attributes['k8s.cluster.name'];
  return typeof named === 'string' && named !== '' ? named : otherwise;
}
