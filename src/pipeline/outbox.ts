import type { Batch } from '../record/batch.ts';
import { decodeRecord, encodeRecord } from '../record/codec.ts';
import type { LogRecord } from '../record/record.ts';
import { count } from '../store/counter.ts';
import type { Queued } from '../store/store.ts';
import { assert, unreachable } from '../util/assert.ts';
import { formatDuration } from '../util/duration.ts';
import { Backoff, type RetrySettings } from './backoff.ts';
import type { Exporter, Host, Settings } from './component.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** How one attempt to deliver ended. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** These records will never be taken: they are set aside, with the reason. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Not now: the queue waits, at least `afterMs` if the backend said so, and tries again. Nothing is given up. */
  | { readonly kind: 'wait'; readonly reason: string; readonly afterMs?: number };

/** What is on the other side of an outbox. */
export interface Destination {
  /** Before the first delivery: opens files, reads certificates. Throws if it cannot. */
  open?(): Promise<void>;
  /**
   * Delivers `records`, oldest first; one call at a time. May throw: that is `wait`. Called again with equal
   * records after a crash. `signal` aborts when a stopping process has no more patience.
   */
  deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome>;
  close?(): Promise<void>;
}

export interface OutboxOptions {
  /** At most so many records, and bytes of stored record, in one delivery. */
  readonly maxRecords: number;
  readonly maxBytes: number;
  /**
   * A delivery waits for so many records, `flushMs` at most, and not at all while somebody waits for the queue to be
   * empty; as many as `maxRecords` unless given.
   */
  readonly minRecords?: number;
  /** How long a delivery may wait for more records, in milliseconds; 0: not at all. */
  readonly flushMs: number;
  /**
   * Records that may wait; when as many do, `consume` rejects and the receiver waits. The batch that reaches it is
   * the last one of its unit of work.
   */
  readonly capacity: number;
  readonly retry: RetrySettings;
}

/**
 * An exporter that owes what it consumed: records are committed to a queue
 * with everything else their batch did, then delivered in order, then deleted.
 * So each is delivered at least once, with the same `log.record.uid` every time.
 *
 * Its counters (design §3): `records` = `delivered` + `dead` + what is queued.
 */
export class OutboxExporter implements Exporter {
  readonly #settings: Settings;
  readonly #options: OutboxOptions;
  readonly #destination: Destination;
  readonly #queue: string;
  /** Aborts an attempt that is under way; `#stopping` only keeps a further one from being begun. */
  readonly #impatient = new AbortController();
  #stopping = false;
  #host: Host | undefined;
  #running: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};
  #idle: (() => void)[] = [];

  constructor(settings: Settings, options: OutboxOptions, destination: Destination) {
    this.#settings = settings;
    this.#options = options;
    this.#destination = destination;
    this.#queue = `outbox/${settings.id}`;
  }

  async start(host: Host): Promise<void> {
    this.#host = host;
    await this.#destination.open?.();
    const waiting = host.store.length(this.#queue);
    if (waiting > 0) {
      this.#settings.log.info(`${waiting} records of an earlier run are still to be delivered`);
    }
    this.#running = this.#run(host).catch((error: unknown) => host.fail(asError(error)));
  }

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    const waiting = this.waiting();
    if (waiting >= this.#options.capacity) {
      throw new Error(
        `${this.#settings.id}: ${waiting} records wait to be delivered; reading pauses until there is room`,
      );
    }
    for (let index = 0; index < batch.size; index++) {
      work.state.enqueue(this.#queue, encodeRecord(batch.record(index)));
    }
    count(work.state, this.#settings.id, 'records', batch.size);
    // Refusing the next batch instead would roll this one back, too, and the same again at every attempt.
    if (waiting + work.state.queued >= this.#options.capacity) work.fill();
    work.afterCommit(() => this.#wake());
  }

  waiting(): number {
    return this.#host?.store.length(this.#queue) ?? 0;
  }

  drained(): Promise<void> {
    assert(this.#host, 'drained before start');
    if (this.#host.store.length(this.#queue) === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#idle.push(resolve);
      // Nobody waits for more records while somebody waits for these.
      this.#wake();
    });
  }

  /** An attempt under way may end by itself until `signal` aborts. What is queued stays queued. */
  async shutdown(signal: AbortSignal): Promise<void> {
    const abort = (): void => this.#impatient.abort();
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    this.#stopping = true;
    this.#wake();
    await this.#running;
    signal.removeEventListener('abort', abort);
    await this.#destination.close?.();
  }

  async #run(host: Host): Promise<void> {
    const backoff = new Backoff(this.#options.retry);
    for (;;) {
      const rows = await this.#next(host);
      if (this.#stopping) return;
      const outcome = await this.#attempt(rows);
      await this.#settle(host, rows, outcome, backoff);
    }
  }

  /** The rows to deliver next, at least one; waits for them. None when stopping. */
  async #next(host: Host): Promise<readonly Queued[]> {
    const { maxRecords, maxBytes, flushMs, minRecords = maxRecords } = this.#options;
    const waiting = (): number => host.store.length(this.#queue);
    while (waiting() === 0 && !this.#stopping) {
      for (const resolve of this.#idle.splice(0)) resolve();
      await this.#woken();
    }
    await this.#pause(flushMs, () => waiting() >= minRecords || this.#idle.length > 0);
    if (this.#stopping) return [];
    const rows = await host.store.peek(this.#queue, 0, maxRecords);
    let bytes = 0;
    const end = rows.findIndex(({ value }) => (bytes += value.length) > maxBytes);
    return end === -1 ? rows : rows.slice(0, Math.max(1, end));
  }

  async #attempt(rows: readonly Queued[]): Promise<Outcome> {
    // Outside the try: a row that cannot be read is a broken store, and no reason to wait.
    const records = rows.map(({ value }) => decodeRecord(value));
    try {
      return await this.#destination.deliver(records, this.#impatient.signal);
    } catch (error) {
      return { kind: 'wait', reason: asError(error).message };
    }
  }

  async #settle(host: Host, rows: readonly Queued[], outcome: Outcome, backoff: Backoff): Promise<void> {
    const { log } = this.#settings;
    switch (outcome.kind) {
      case 'delivered':
        if (backoff.attempts > 0) log.info(`delivering again after ${backoff.attempts} failed attempts`);
        backoff.reset();
        await this.#remove(host, rows, 'delivered');
        return;
      case 'refused':
        backoff.reset();
        log.error(
          `refused ${rows.length} records: ${outcome.reason}; they are ${host.store.durable ? 'set aside in the store' : 'kept until the process ends, for nothing is stored'}`,
        );
        await this.#remove(host, rows, 'dead', outcome.reason);
        return;
      case 'wait': {
        const ms = Math.max(backoff.next(), outcome.afterMs ?? 0);
        const waiting = host.store.length(this.#queue);
        const next = this.#stopping ? '' : `, next try in ${formatDuration(ms)}`;
        log.warn(`cannot deliver: ${outcome.reason}; ${waiting} records wait${next}`);
        await this.#pause(ms);
        return;
      }
      default:
        unreachable(outcome);
    }
  }

  /**
   * Forgets rows that are done with; dead ones move to a queue of their own. While the store cannot (a full disk,
   * say) it tries again instead of delivering them twice; when stopping it leaves that to the next start.
   */
  async #remove(
    host: Host,
    rows: readonly Queued[],
    name: 'delivered' | 'dead',
    reason?: string,
  ): Promise<void> {
    const backoff = new Backoff(this.#options.retry);
    do {
      try {
        await host.work(async (work) => this.#forget(work, rows, name, reason));
        return;
      } catch (error) {
        const ms = backoff.next();
        this.#settings.log.error(
          `cannot note that ${rows.length} records are ${name}: ${asError(error).message}; next try in ${formatDuration(ms)}`,
        );
        await this.#pause(ms);
      }
    } while (!this.#stopping);
  }

  #forget({ state, now }: UnitOfWork, rows: readonly Queued[], name: string, reason?: string): void {
    for (const { number, value } of rows) {
      state.dequeue(this.#queue, number);
      if (reason === undefined) continue;
      const dead = { reason, at: now.toString(), record: value };
      state.enqueue(`dead/${this.#settings.id}`, JSON.stringify(dead));
    }
    count(state, this.#settings.id, name, rows.length);
  }

  /** Waits for `ms`, less if `enough` becomes true at a wake-up or the exporter stops. */
  async #pause(ms: number, enough: () => boolean = () => false): Promise<void> {
    let over = ms === 0;
    const timer = setTimeout(() => {
      over = true;
      this.#wake();
    }, ms);
    while (!over && !this.#stopping && !enough()) await this.#woken();
    clearTimeout(timer);
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => (this.#wake = resolve));
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
