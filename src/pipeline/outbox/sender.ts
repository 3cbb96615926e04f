import { assert, unreachable } from '../../util/assert.ts';
import { formatDuration } from '../../util/duration.ts';
import { Backoff } from '../backoff.ts';
import type { Host, Settings } from '../component.ts';
import { Alarm } from './alarm.ts';
import { ClosedOutputError } from './closed-output-error.ts';
import { Condition, keptWhere } from './condition.ts';
import { Courier } from './courier.ts';
import type { Destination, Outcome } from './destination.ts';
import type { Lane, Refusal, Segment } from './lane.ts';
import { Lanes } from './lanes.ts';
import { Ledger } from './ledger.ts';
import type { OutboxOptions } from './options.ts';
import { Parking } from './parking.ts';
import { undelivered } from './queues.ts';

/**
 * Empties an outbox: urgent records first, each class in order, one request at a time. What each answer does is
 * spec/reliability.md §2.3, W16 to W22. Nothing is ever given up: a record is delivered, or set aside as a dead letter.
 */
export class Sender {
  readonly #settings: Settings;
  readonly #options: OutboxOptions;
  readonly #courier: Courier;
  readonly #lanes: Lanes;
  readonly #alarm = new Alarm();
  readonly #ledger: Ledger;
  readonly #condition: Condition;
  readonly #parking: Parking;
  readonly #backoff: Backoff;
  #idle: (() => void)[] = [];
  #doubt: string | undefined;
  /** Why the last record was held back. */
  #grudge = '';
  /** The backend has taken an empty request, and nothing else since: what it refuses now it refuses for itself. */
  #probed = false;

  constructor(settings: Settings, options: OutboxOptions, destination: Destination) {
    this.#settings = settings;
    this.#options = options;
    this.#courier = new Courier(destination);
    this.#lanes = new Lanes(settings.id, options.probeMs, this.#alarm);
    this.#ledger = new Ledger(settings, options, this.#alarm);
    this.#condition = new Condition(settings.id);
    this.#parking = new Parking(settings, options.probeMs, this.#courier, this.#condition, this.#alarm);
    this.#backoff = new Backoff(options.retry);
  }

  /**
   * Resolves when stopped. Rejects if a row of the queue cannot be read, for the store is broken, and in a replay with
   * `ClosedOutputError`.
   */
  async run(host: Host): Promise<void> {
    this.#condition.refused(host);
    for (;;) {
      const lane = await this.#next(host);
      if (lane === undefined) return;
      const segment = await lane.head(host.store, this.#options);
      assert(segment, 'a lane that is ready has a head');
      this.#alarm.attempt();
      const outcome = await this.#courier.deliver(segment);
      const isResent = segment.again && segment.stubFor === undefined && outcome.kind !== 'wait';
      if (isResent) await this.#ledger.resent(host, segment.rows.length);
      await this.#settle(host, lane, segment, outcome);
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

  /** What waits for somebody to mend something is tried now. */
  tryNow(): void {
    this.#lanes.tryNow();
    this.#alarm.urge();
  }

  /** Begins nothing more. */
  stop(): void {
    this.#alarm.stop();
    this.#lanes.stop();
  }

  /** Cuts short what is under way; `stop` only keeps a further attempt from being begun. */
  abort(): void {
    this.#courier.abort();
  }

  /** The lane whose turn it is; waits until there is something in one. Undefined when stopping. */
  async #next(host: Host): Promise<Lane | undefined> {
    const { maxRecords, flushMs, minRecords = maxRecords } = this.#options;
    while (this.#lanes.next(host.store) === undefined && !this.#alarm.stopped) {
      if (this.#waiting(host) === 0) for (const resolve of this.#idle.splice(0)) resolve();
      await this.#alarm.rung();
    }
    if (!this.#lanes.divided) {
      const isEnough = (): boolean => this.#lanes.open(host.store) >= minRecords || this.#idle.length > 0;
      await this.#alarm.sleep(flushMs, isEnough);
    }
    if (this.#alarm.stopped) return undefined;
    return this.#lanes.next(host.store);
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
        if (lane.bisect(outcome.at)) return this.#answered(host);
        return this.#bury(host, lane, segment, segment.stubFor ?? outcome);
      case 'too large':
        if (lane.shrink()) return this.#answered(host);
        if (segment.stubFor !== undefined) return this.#bury(host, lane, segment, segment.stubFor);
        lane.replace(outcome);
        return this.#answered(host);
      case 'wait':
        return this.#wait(host, outcome);
      case 'park':
        if (segment.again) return this.#pass(lane, outcome.reason);
        return this.#park(host, lane, segment, outcome);
      case 'closed':
        return this.#close(host, outcome.reason);
      default:
        unreachable(outcome);
    }
  }

  async #delivered(host: Host, lane: Lane, { rows, stubFor }: Segment): Promise<void> {
    const { attempts } = this.#backoff;
    if (attempts > 0) this.#settings.log.info(`delivering again after ${attempts} failed attempts`);
    lane.delivered();
    this.#probed &&= this.#lanes.divided;
    this.#answered(host);
    if (stubFor === undefined) return this.#ledger.delivered(host, lane.queue, rows);
    this.#settings.log.error(`set 1 record aside and sent a stub: ${stubFor.reason}`);
    await this.#ledger.dead(host, lane.queue, rows, stubFor, 1);
    this.#condition.refused(host);
  }

  async #bury(host: Host, lane: Lane, { rows }: Segment, refusal: Refusal): Promise<void> {
    const where = keptWhere(host.store.durable);
    this.#settings.log.error(`refused ${rows.length} records: ${refusal.reason}; they are ${where}`);
    lane.buried();
    this.#answered(host);
    await this.#ledger.dead(host, lane.queue, rows, refusal);
    this.#condition.refused(host);
  }

  async #wait(host: Host, { reason, afterMs = 0 }: Outcome & { kind: 'wait' }): Promise<void> {
    const ms = Math.max(this.#backoff.next(), afterMs);
    const next = this.#alarm.stopped ? '' : `, next try in ${formatDuration(ms)}`;
    this.#settings.log.warn(`cannot deliver: ${reason}; ${this.#waiting(host)} records wait${next}`);
    this.#condition.waits(host.health, reason, ms);
    // A time that the backend asked for is waited whatever was mended.
    await this.#alarm.sleep(ms, () => this.#alarm.urged && afterMs === 0);
  }

  /**
   * Sending again what OTLP does not let be tried again is our own doing, so it is counted (W19); for a record that is
   * held back `run` does it, at its turn. A refusal behind an empty request that was taken is for the records: they are
   * divided until the one that is refused stands alone, and the others go past it.
   */
  async #park(host: Host, lane: Lane, { rows }: Segment, refused: Outcome & { kind: 'park' }): Promise<void> {
    const isForRecords = this.#probed || this.#lanes.held > 0;
    const isHeld = isForRecords && !lane.bisect();
    if (isHeld) this.#pass(lane, refused.reason);
    const ending = await this.#parking.end(host, refused, isForRecords ? this.#backoff.next() : undefined);
    if (ending === 'stopped') return;
    this.#probed = ending === 'probed';
    if (isHeld) return;
    this.#settings.log.info(`no longer parked: sending ${rows.length} records again`);
    await this.#ledger.resent(host, rows.length);
  }

  #pass(lane: Lane, reason: string): void {
    const again = formatDuration(this.#options.probeMs);
    this.#settings.log.error(
      `held back 1 record: ${reason}; others go past it, and one that is held back is tried every ${again}`,
    );
    this.#grudge = reason;
    lane.pass();
  }

  /** Waits until stopped. A replay ends: whoever began it no longer looks. */
  async #close(host: Host, reason: string): Promise<void> {
    if (host.mode === 'replay') throw new ClosedOutputError(reason);
    this.#settings.log.error(
      `delivers nothing until a restart: ${reason}; ${this.#waiting(host)} records wait`,
    );
    this.#condition.parked(host.health, reason);
    while (!this.#alarm.stopped) await this.#alarm.rung();
  }

  /** The backend has spoken about the records themselves: it is there. */
  #answered(host: Host): void {
    this.#backoff.reset();
    if (!this.#lanes.careful) this.#doubt = undefined;
    const { held } = this.#lanes;
    const grudge = held === 0 ? undefined : `${held} records are held back: ${this.#grudge}`;
    this.#condition.answered(host.health, this.#doubt ?? grudge);
  }

  #waiting(host: Host): number {
    return undelivered(host.store, this.#settings.id);
  }
}
