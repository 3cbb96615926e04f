import type { Resource } from './record.ts';
import type { Attributes } from './value.ts';

/** The cluster that a resource belongs to: its `k8s.cluster.name`, or `otherwise` if it does not name one. */
export function clusterOf({ attributes }: Resource, otherwise: string): string {
  const named = attributes['k8s.cluster.name'];
  return typeof named === 'string' && named !== '' ? named : otherwise;
}

/** `k8s.cluster.name` for a record whose resource does not say it; none if nobody does. */
export function clusterAttribute(resource: Resource, otherwise: string): Attributes {
  const cluster = clusterOf(resource, otherwise);
  return cluster === '' || resource.attributes['k8s.cluster.name'] === cluster
    ? {}
    : { 'k8s.cluster.name': cluster };
}
