import { z } from 'zod';

const containerSecurity = z.strictObject({
  allowPrivilegeEscalation: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  capabilities: z.strictObject({ drop: z.array(z.string()) }).optional(),
});

const podSecurity = z.strictObject({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.int().optional(),
  runAsGroup: z.int().optional(),
  fsGroup: z.int().optional(),
  fsGroupChangePolicy: z.enum(['OnRootMismatch', 'Always']).optional(),
  seccompProfile: z.strictObject({ type: z.string() }).optional(),
});

const amounts = z.strictObject({ cpu: z.string().optional(), memory: z.string().optional() });

const container = z.strictObject({
  name: z.string(),
  image: z.string(),
  imagePullPolicy: z.string().optional(),
  args: z.array(z.string()),
  env: z
    .array(
      z.strictObject({
        name: z.string(),
        value: z.string().optional(),
        valueFrom: z
          .strictObject({ fieldRef: z.strictObject({ fieldPath: z.enum(['spec.nodeName']) }) })
          .optional(),
      }),
    )
    .default([]),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })).default([]),
  readinessProbe: z
    .strictObject({
      httpGet: z.strictObject({ path: z.string(), port: z.string() }),
      periodSeconds: z.int().optional(),
    })
    .optional(),
  resources: z.strictObject({ requests: amounts, limits: amounts }),
  securityContext: containerSecurity,
  volumeMounts: z.array(
    z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().default(false) }),
  ),
});

const volume = z.strictObject({
  name: z.string(),
  configMap: z.strictObject({ name: z.string() }).optional(),
  secret: z.strictObject({ secretName: z.string() }).optional(),
  hostPath: z.strictObject({ path: z.string(), type: z.enum(['Directory']) }).optional(),
});

/** Of a pod's fields those that our manifests use; what is not listed, such as `hostNetwork`, may not be there. */
export const podSpec = z.strictObject({
  automountServiceAccountToken: z.boolean().optional(),
  enableServiceLinks: z.boolean().optional(),
  priorityClassName: z.string().optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  tolerations: z
    .array(z.strictObject({ key: z.string(), operator: z.enum(['Exists']), effect: z.string() }))
    .optional(),
  terminationGracePeriodSeconds: z.int(),
  securityContext: podSecurity,
  containers: z.array(container),
  volumes: z.array(volume).default([]),
});

export const podSchema = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Pod'),
  spec: podSpec,
});

export type PodSpec = z.output<typeof podSpec>;
export type Container = PodSpec['containers'][number];
