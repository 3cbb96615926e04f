import { listenerFiles } from '../net/listener-files.ts';
import type { ReceiverFactory } from '../pipeline/component.ts';
import { KubernetesAuditReceiver } from './kubernetes-audit/audit-receiver.ts';
import { schema, type Config } from './kubernetes-audit/config.ts';

/** `kubernetes_audit`: takes what the webhook of a kube-apiserver sends (spec/reliability.md §1.2). */
export const kubernetesAudit: ReceiverFactory<Config> = {
  type: 'kubernetes_audit',
  schema,
  create: async (settings, config, next) => {
    const files = await listenerFiles(config, settings.directory);
    return new KubernetesAuditReceiver(settings, config, files, next);
  },
};
