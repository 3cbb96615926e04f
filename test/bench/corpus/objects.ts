import type { Cluster } from './cluster.ts';

/** Objects as requests and answers carry them. Shapes after spec/k8s-audit.md §2 and §8. */

export function metadataOf(
  cluster: Cluster,
  name: string,
  namespace: string | undefined,
  rest: object = {},
): object {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    uid: cluster.dice.uuid(),
    resourceVersion: cluster.resourceVersion(),
    creationTimestamp: cluster.earlier(),
    ...rest,
  };
}

export function eventObject(
  cluster: Cluster,
  [namespace, node, name]: readonly [namespace: string, node: string, name: string],
  said: { readonly reason: string; readonly message: string; readonly type: string },
): object {
  const { dice } = cluster;
  const at = cluster.stamp.slice(0, 19);
  return {
    kind: 'Event',
    apiVersion: 'v1',
    metadata: { name, namespace },
    involvedObject: {
      kind: 'Pod',
      namespace,
      name: name.slice(0, name.lastIndexOf('.')),
      uid: dice.uuid(),
      apiVersion: 'v1',
      resourceVersion: cluster.resourceVersion(),
      fieldPath: `spec.containers{${cluster.application()}}`,
    },
    reason: said.reason,
    message: said.message,
    source: { component: 'kubelet', host: node },
    firstTimestamp: `${at}Z`,
    lastTimestamp: `${at}Z`,
    count: 1,
    type: said.type,
    eventTime: null,
    reportingComponent: 'kubelet',
    reportingInstance: node,
  };
}

/** Who owns which field: long, deeply nested, and full of quotes within keys. */
export function managedFields(cluster: Cluster, manager: string, fields: object): readonly object[] {
  const time = cluster.earlier();
  return [{ manager, operation: 'Update', apiVersion: 'v1', time, fieldsType: 'FieldsV1', fieldsV1: fields }];
}

export const settingsObject = (cluster: Cluster, name: string, namespace: string): object => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: metadataOf(cluster, name, namespace),
  data: {
    'settings.ini':
      '[server]\nlisten = :8443\n; "quoted" & <escaped>\nurl = https://shop.example/?a=1&b=2\n'.repeat(
        1 + cluster.dice.below(9),
      ),
  },
});
