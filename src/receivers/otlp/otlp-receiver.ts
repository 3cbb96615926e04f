import type { Host, Receiver, Settings } from '../../pipeline/component.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import { Intake } from './intake.ts';
import type { Listener } from './listener.ts';

/** OTLP server for logs, by one protocol or both: answers only after the unit of work is committed (design §3). */
export class OtlpReceiver implements Receiver {
  readonly kind = 'listen';
  readonly #settings: Settings;
  readonly #listeners: readonly Listener[];
  readonly #next: Consumer;

  constructor(settings: Settings, listeners: readonly Listener[], next: Consumer) {
    this.#settings = settings;
    this.#listeners = listeners;
    this.#next = next;
  }

  async start(host: Host): Promise<void> {
    const intake = new Intake(this.#settings, host, this.#next);
    for (const listener of this.#listeners) await listener.start(intake);
  }

  async shutdown(signal: AbortSignal): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.stop(signal)));
  }
}
