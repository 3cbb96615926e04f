import type { Receiver, Settings } from '../../../src/pipeline/component.ts';
import { kubernetesAudit } from '../../../src/receivers/kubernetes-audit.ts';
import { readEventList } from '../../../src/receivers/kubernetes-audit/read-event-list.ts';
import { WebhookReceiver } from '../../../src/webhook/webhook-receiver.ts';
import { WebhookBench } from '../../webhook/bench.ts';

export class AuditBench extends WebhookBench {
  readonly id = 'kubernetes_audit/in';

  protected async make(given: Settings, options: object, holdMs: number | undefined): Promise<Receiver> {
    const config = kubernetesAudit.schema.parse(options);
    if (holdMs === undefined) return kubernetesAudit.create(given, config, this.consumer);
    const files = { tls: undefined, tokens: undefined };
    return new WebhookReceiver(given, { config, files, holdMs, read: readEventList }, this.consumer);
  }
}

/** A body as an API server writes it, of events that are given as JSON. */
export const eventList = (...events: readonly string[]): string =>
  `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[${events.join(',')}]}\n`;
