import { z } from 'zod';
import { listenerFiles } from '../net/listener-files.ts';
import { protectedListener } from '../net/listener-config.ts';
import type { ReceiverFactory } from '../pipeline/component.ts';
import { webhookOptions, type WebhookConfig } from '../webhook/webhook-config.ts';
import { WebhookReceiver } from '../webhook/webhook-receiver.ts';
import { readEventList } from './kubernetes-audit/read-event-list.ts';

/** The API server gives up after 30 seconds. */
const holdMs = 20_000;

const schema = z.strictObject(webhookOptions('127.0.0.1:14443')).superRefine(protectedListener);

/** `kubernetes_audit`: takes what the webhook of a kube-apiserver sends (spec/reliability.md §1.2). */
export const kubernetesAudit: ReceiverFactory<WebhookConfig> = {
  type: 'kubernetes_audit',
  schema,
  create: async (settings, config, next) => {
    const files = await listenerFiles(config, settings.directory);
    return new WebhookReceiver(settings, { config, files, holdMs, read: readEventList }, next);
  },
};
