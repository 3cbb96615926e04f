import type { Batch } from '../record/batch.ts';
import { assert } from '../util/assert.ts';
import type { Exporter, Host, Settings } from './component.ts';
import { lettersName } from './outbox/condition.ts';
import type { Destination } from './outbox/destination.ts';
import { Intake } from './outbox/intake.ts';
import type { OutboxOptions } from './outbox/options.ts';
import { undelivered } from './outbox/queues.ts';
import { Sender } from './outbox/sender.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/**
 * An exporter that owes what it consumed: records are committed to a queue
 * with everything else their batch did, then delivered in order, then deleted.
 * So each is delivered at least once, with the same `log.record.uid` every time.
 * High and critical records go before the others.
 *
 * Its counters (design §3): `records` = `delivered` + `dead` + `dropped` + `suppressed` + what is queued.
 */
export class OutboxExporter implements Exporter {
  readonly capacity: number | undefined;
  readonly #settings: Settings;
  readonly #destination: Destination;
  readonly #intake: Intake;
  readonly #sender: Sender;
  #host: Host | undefined;
  #blocked = false;
  #running: Promise<void> = Promise.resolve();

  constructor(settings: Settings, options: OutboxOptions, destination: Destination) {
    const { records } = options.quota;
    this.capacity = records === Number.MAX_SAFE_INTEGER ? undefined : records;
    this.#settings = settings;
    this.#destination = destination;
    this.#intake = new Intake(settings.id, options.quota);
    this.#sender = new Sender(settings, options, destination);
  }

  async start(host: Host): Promise<void> {
    this.#host = host;
    await this.#destination.open?.();
    const waiting = this.waiting();
    if (waiting > 0) {
      this.#settings.log.info(`${waiting} records of an earlier run are still to be delivered`);
    }
    this.#running = this.#sender.run(host);
    this.#running.catch((error: unknown) => host.fail(error));
  }

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    const mode = this.#host?.mode ?? 'run';
    const obstacle = this.#host && this.#intake.obstacle(batch, this.#host.store, mode);
    this.#report(obstacle);
    if (obstacle !== undefined) throw new Error(obstacle);
    this.#intake.take(batch, work, mode === 'run');
    work.afterCommit(() => this.#sender.ring());
  }

  waiting(): number {
    return this.#host === undefined ? 0 : undelivered(this.#host.store, this.#settings.id);
  }

  drained(): Promise<void> {
    assert(this.#host, 'drained before start');
    if (this.waiting() === 0) return Promise.resolve();
    const empty = new Promise<void>((resolve) => this.#sender.whenEmpty(resolve));
    return Promise.race([empty, this.#running.then(() => empty)]);
  }

  tryNow(): void {
    this.#sender.tryNow();
  }

  /** An attempt under way may end by itself until `signal` aborts. What is queued stays queued. */
  async shutdown(signal: AbortSignal): Promise<void> {
    const abort = (): void => this.#sender.abort();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#sender.stop();
    // The host has heard of what ended it.
    await this.#running.catch(() => {});
    signal.removeEventListener('abort', abort);
    await this.#destination.close?.();
    // An exporter that is no longer there stands in nobody's way.
    const { id } = this.#settings;
    for (const name of [id, this.#queueName(), lettersName(id)]) this.#host?.health.set(name, undefined);
  }

  #report(obstacle: string | undefined): void {
    if (this.#blocked === (obstacle !== undefined)) return;
    this.#blocked = obstacle !== undefined;
    this.#host?.health.set(this.#queueName(), obstacle);
  }

  #queueName(): string {
    return `${this.#settings.id}: queue`;
  }
}
