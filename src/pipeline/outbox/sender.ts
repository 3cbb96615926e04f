import { assert, unreachable } from '../../util/assert.ts';
import { formatDuration } from '../../util/duration.ts';
import { Backoff } from '../backoff.ts';
import type { Host, Settings } from '../component.ts';
import { Alarm } from './alarm.ts';
import { Condition } from './condition.ts';
import { Courier } from './courier.ts';
import type { Destination, Outcome } from './destination.ts';
import { Lane, type Refusal, type Segment } from './lane.ts';
import { Ledger } from './ledger.ts';
import type { OutboxOptions } from './options.ts';
import { queuesOf, undelivered } from './queues.ts';

/** A queue that is parked asks up to this share later than it has to, so that many senders do not ask at once. */
const probeJitter = 0.2;

/**
 * Empties an outbox: urgent records first, each class in order, one request at a time. What each answer does is
 * spec/reliability.md §2.3, W16 to W22. Nothing is ever given up: a record is delivered, or set aside as a dead letter.
 */
export class Sender {
  readonly #settings: Settings;
  readonly #options: OutboxOptions;
  readonly #courier: Courier;
  readonly #lanes: readonly Lane[];
  readonly #alarm = new Alarm();
  readonly #ledger: Ledger;
  readonly #condition: Condition;
  readonly #backoff: Backoff;
  #idle: (() => void)[] = [];
  #doubt: string | undefined;

  constructor(settings: Settings, options: OutboxOptions, destination: Destination) {
    this.#settings = settings;
    this.#options = options;
    this.#courier = new Courier(destination);
    const { urgent, ordinary } = queuesOf(settings.id);
    this.#lanes = [new Lane(urgent), new Lane(ordinary)];
    this.#ledger = new Ledger(settings, options, this.#alarm);
    this.#condition = new Condition(settings.id);
    this.#backoff = new Backoff(options.retry);
  }

  /** Resolves when stopped. Rejects if a row of the queue cannot be read: the store is broken. */
  async run(host: Host): Promise<void> {
    for (;;) {
      const lane = await this.#next(host);
      if (lane === undefined) return;
      const segment = await lane.head(host.store, this.#options);
      assert(segment, 'a queue that is not empty has a first row');
      await this.#settle(host, lane, segment, await this.#courier.deliver(segment));
    }
  }

  /** There is more to deliver. */
  ring(): void {
    this.#alarm.ring();
  }

  /** Calls `empty` when nothing is left; until then nothing waits for more records. */
  whenEmpty(empty: () => void): void {
    this.#idle.push(empty);
    this.#alarm.ring();
  }

  /** Begins nothing more. */
  stop(): void {
    this.#alarm.stop();
  }

  /** Cuts short what is under way; `stop` only keeps a further attempt from being begun. */
  abort(): void {
    this.#courier.abort();
  }

  /** The lane whose turn it is; waits until there is something in one. Undefined when stopping. */
  async #next(host: Host): Promise<Lane | undefined> {
    const { maxRecords, flushMs, minRecords = maxRecords } = this.#options;
    const waiting = (): number => undelivered(host.store, this.#settings.id);
    while (waiting() === 0 && !this.#alarm.stopped) {
      for (const resolve of this.#idle.splice(0)) resolve();
      await this.#alarm.rung();
    }
    if (!this.#lanes.some((lane) => lane.divided)) {
      await this.#alarm.sleep(flushMs, () => waiting() >= minRecords || this.#idle.length > 0);
    }
    if (this.#alarm.stopped) return undefined;
    return this.#lanes.find(({ queue }) => host.store.length(queue) > 0);
  }

  async #settle(host: Host, lane: Lane, segment: Segment, outcome: Outcome): Promise<void> {
    switch (outcome.kind) {
      case 'delivered':
        return this.#delivered(host, lane, segment);
      case 'partial':
        lane.beCareful();
        this.#doubt = outcome.reason;
        return this.#bury(host, lane, segment, outcome);
      case 'refused':
        if (lane.bisect()) return this.#answered(host);
        return this.#bury(host, lane, segment, segment.stubFor ?? outcome);
      case 'too large':
        if (lane.shrink()) return this.#answered(host);
        if (segment.stubFor !== undefined) return this.#bury(host, lane, segment, segment.stubFor);
        lane.replace(outcome);
        return this.#answered(host);
      case 'wait':
        return this.#wait(host, outcome);
      case 'park':
        return this.#park(host, segment, outcome);
      default:
        unreachable(outcome);
    }
  }

  async #delivered(host: Host, lane: Lane, { rows, stubFor }: Segment): Promise<void> {
    const { attempts } = this.#backoff;
    if (attempts > 0) this.#settings.log.info(`delivering again after ${attempts} failed attempts`);
    lane.delivered();
    this.#answered(host);
    if (stubFor === undefined) return this.#ledger.delivered(host, lane.queue, rows);
    this.#settings.log.error(`set 1 record aside and sent a stub: ${stubFor.reason}`);
    return this.#ledger.dead(host, lane.queue, rows, stubFor, 1);
  }

  async #bury(host: Host, lane: Lane, { rows }: Segment, refusal: Refusal): Promise<void> {
    const kept = host.store.durable
      ? 'set aside in the store'
      : 'kept until the process ends, for nothing is stored';
    this.#settings.log.error(`refused ${rows.length} records: ${refusal.reason}; they are ${kept}`);
    lane.buried();
    this.#answered(host);
    await this.#ledger.dead(host, lane.queue, rows, refusal);
  }

  async #wait(host: Host, { reason, afterMs = 0 }: Outcome & { kind: 'wait' }): Promise<void> {
    const ms = Math.max(this.#backoff.next(), afterMs);
    const next = this.#alarm.stopped ? '' : `, next try in ${formatDuration(ms)}`;
    this.#settings.log.warn(`cannot deliver: ${reason}; ${this.#waiting(host)} records wait${next}`);
    this.#condition.waits(host.health, reason, ms);
    await this.#alarm.sleep(ms);
  }

  /** Sends nothing until an empty request is taken. Sending again then is our own doing, so it is counted (W19). */
  async #park(host: Host, segment: Segment, refused: Outcome & { kind: 'park' }): Promise<void> {
    const { log } = this.#settings;
    let answer: Outcome = refused;
    while (answer.kind !== 'delivered') {
      const afterMs = 'afterMs' in answer ? (answer.afterMs ?? 0) : 0;
      const ms = Math.max(Math.round(this.#options.probeMs * (1 + probeJitter * Math.random())), afterMs);
      const next = this.#alarm.stopped ? '' : `; asks again in ${formatDuration(ms)}`;
      log.error(`parked: ${answer.reason}; ${this.#waiting(host)} records wait${next}`);
      this.#condition.parked(host.health, answer.reason);
      await this.#alarm.sleep(ms);
      if (this.#alarm.stopped) return;
      answer = await this.#courier.probe();
    }
    log.info(`no longer parked: sending ${segment.rows.length} records again`);
    await this.#ledger.resent(host, segment.rows.length);
  }

  /** The backend has spoken about the records themselves: it is there. */
  #answered(host: Host): void {
    this.#backoff.reset();
    if (!this.#lanes.some((lane) => lane.careful)) this.#doubt = undefined;
    this.#condition.answered(host.health, this.#doubt);
  }

  #waiting(host: Host): number {
    return undelivered(host.store, this.#settings.id);
  }
}
