import type { Host, Receiver, Settings } from '../../src/pipeline/component.ts';
import type { Consumer } from '../../src/pipeline/consumer.ts';
import { TestHost } from '../pipeline/test-host.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { settings } from '../settings.ts';

/** A receiver that others post to, made from a configuration as it is written, on a free port of loopback. */
export abstract class WebhookBench {
  readonly log = new RecordingLogger();
  readonly consumer: Consumer;
  readonly host: TestHost;
  abstract readonly id: string;
  #receiver: Receiver | undefined;

  /** `host`: what an earlier run has left. */
  constructor(consumer: Consumer, host = new TestHost()) {
    this.consumer = consumer;
    this.host = host;
  }

  /** `holdMs`: how long requests are held, where that is not the usual. */
  async start(options: object = {}, holdMs?: number): Promise<void> {
    const given = settings(this.id, { log: this.log });
    this.#receiver = await this.make(given, { endpoint: '127.0.0.1:0', ...options }, holdMs);
    await this.#receiver.start(this.host satisfies Host);
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

  protected abstract make(given: Settings, options: object, holdMs: number | undefined): Promise<Receiver>;
}
