import type { Receiver } from '../../../src/pipeline/component.ts';
import type { Consumer } from '../../../src/pipeline/consumer.ts';
import { kubernetesAudit } from '../../../src/receivers/kubernetes-audit.ts';
import { KubernetesAuditReceiver } from '../../../src/receivers/kubernetes-audit/audit-receiver.ts';
import { TestHost } from '../../pipeline/test-host.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';

/** The real receiver, made from a configuration as it is written, on a free port of loopback. */
export class AuditBench {
  readonly log = new RecordingLogger();
  readonly consumer: Consumer;
  readonly host: TestHost;
  readonly id = 'kubernetes_audit/in';
  #receiver: Receiver | undefined;

  /** `host`: what an earlier run has left. */
  constructor(consumer: Consumer, host = new TestHost()) {
    this.consumer = consumer;
    this.host = host;
  }

  /** `holdMs`: how long requests are held, where that is not the usual. */
  async start(options: object = {}, holdMs?: number): Promise<void> {
    const config = kubernetesAudit.schema.parse({ endpoint: '127.0.0.1:0', ...options });
    const given = settings(this.id, { log: this.log });
    this.#receiver =
      holdMs === undefined
        ? await kubernetesAudit.create(given, config, this.consumer)
        : new KubernetesAuditReceiver(
            given,
            config,
            { tls: undefined, tokens: undefined },
            this.consumer,
            holdMs,
          );
    await this.#receiver.start(this.host);
  }

  /** Where it listens: `127.0.0.1:41234`. */
  get address(): string {
    const line = this.log.lines.find((one) => one.includes('listening'));
    return /(\S+:\d+)$/.exec(line ?? '')?.[1] ?? 'not listening';
  }

  get counters(): Readonly<Record<string, number>> {
    return this.host.counters(this.id);
  }

  post(body: string | Uint8Array, headers: Record<string, string> = {}, path = '/'): Promise<Response> {
    const url = `http://${this.address}${path}`;
    return fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
  }

  async stop(signal: AbortSignal = AbortSignal.abort()): Promise<void> {
    await this.#receiver?.shutdown(signal);
  }
}

/** A body as an API server writes it, of events that are given as JSON. */
export const eventList = (...events: readonly string[]): string =>
  `{"kind":"EventList","apiVersion":"audit.k8s.io/v1","metadata":{},"items":[${events.join(',')}]}\n`;
