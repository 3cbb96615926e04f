import type { KubernetesObject } from './objects.ts';
import type { PodSpec } from './pod.ts';

/** A pod as a manifest describes it, with what the pods of it find around them. */
export interface Workload {
  readonly name: string;
  readonly pod: PodSpec;
  readonly labels: Readonly<Record<string, string>>;
  /** Labels of the pods that it takes for its own; undefined for a pod alone. */
  readonly selected: Readonly<Record<string, string>> | undefined;
  /** Names of the volumes that are made for each pod. */
  readonly claimed: readonly string[];
}

/** What of a manifest runs. */
export function workloadsOf(objects: readonly KubernetesObject[]): readonly Workload[] {
  return objects.flatMap((object): readonly Workload[] => {
    if (object.kind === 'Pod') {
      const { metadata, spec } = object;
      const labels = metadata.labels ?? {};
      return [{ name: metadata.name, pod: spec, labels, selected: undefined, claimed: [] }];
    }
    if (object.kind !== 'DaemonSet' && object.kind !== 'StatefulSet') return [];
    const { template, selector } = object.spec;
    const claims = object.kind === 'StatefulSet' ? object.spec.volumeClaimTemplates : [];
    return [
      {
        name: object.metadata.name,
        pod: template.spec,
        labels: template.metadata.labels,
        selected: selector.matchLabels,
        claimed: claims.map(({ metadata }) => metadata.name),
      },
    ];
  });
}
