import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { podSchema, podSpec } from './pod.ts';

/** The Kubernetes objects that our manifests use, and of each only the fields that they use: a typing error is none. */

const labels = z.record(z.string(), z.string());
const metadata = z.strictObject({
  name: z.string(),
  namespace: z.string().optional(),
  labels: labels.optional(),
  annotations: labels.optional(),
});
const selector = z.strictObject({ matchLabels: labels });
const template = z.strictObject({
  metadata: z.strictObject({ labels, annotations: labels.optional() }),
  spec: podSpec,
});
const claim = z.strictObject({
  metadata: z.strictObject({ name: z.string() }),
  spec: z.strictObject({
    accessModes: z.array(z.enum(['ReadWriteOnce'])),
    storageClassName: z.string().optional(),
    resources: z.strictObject({ requests: z.strictObject({ storage: z.string() }) }),
  }),
});
const port = z.strictObject({ name: z.string(), port: z.int(), targetPort: z.string() });

const object = z.discriminatedUnion('kind', [
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('Namespace'), metadata }),
  z.strictObject({ apiVersion: z.literal('v1'), kind: z.literal('ConfigMap'), metadata, data: labels }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({ clusterIP: z.literal('None').optional(), selector: labels, ports: z.array(port) }),
  }),
  podSchema.extend({ metadata }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('DaemonSet'),
    metadata,
    spec: z.strictObject({ selector, template }),
  }),
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('StatefulSet'),
    metadata,
    spec: z.strictObject({
      serviceName: z.string(),
      replicas: z.literal(1),
      selector,
      template,
      volumeClaimTemplates: z.array(claim),
    }),
  }),
]);

export type KubernetesObject = z.output<typeof object>;

/** The objects of a manifest, in its order; throws if one is none. */
export const objectsIn = (text: string): readonly KubernetesObject[] =>
  parseAllDocuments(text)
    .map((document) => document.toJS() as unknown)
    .filter((value) => value !== null)
    .map((value) => object.parse(value));
