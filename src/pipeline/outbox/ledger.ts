import { count } from '../../store/counter.ts';
import type { Queued } from '../../store/store.ts';
import { formatDuration } from '../../util/duration.ts';
import { reasonOf } from '../../util/reason-of.ts';
import { Backoff } from '../backoff.ts';
import type { Host, Settings } from '../component.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { Alarm } from './alarm.ts';
import { encodeDeadLetter } from './dead-letter.ts';
import type { Refusal } from './lane.ts';
import type { OutboxOptions } from './options.ts';
import { addUsage, queuesOf, usageOf, type Queues } from './queues.ts';
import { tellRefusal } from './refusal-notice.ts';
import { tellSuppressed } from './suppressed.ts';

/**
 * Writes down what became of records, each time in one unit of work: gone from their queue, counted, and if they are
 * dead kept as dead letters. The counters (design §3): `records` = `delivered` + `dead` + `dropped` + `suppressed` +
 * what is queued.
 *
 * While the store cannot write (a full disk, say) it tries again instead of having records delivered twice; when
 * stopping it leaves that to the next start.
 */
export class Ledger {
  readonly #settings: Settings;
  readonly #options: OutboxOptions;
  readonly #alarm: Alarm;
  readonly #queues: Queues;

  constructor(settings: Settings, options: OutboxOptions, alarm: Alarm) {
    this.#settings = settings;
    this.#options = options;
    this.#alarm = alarm;
    this.#queues = queuesOf(settings.id);
  }

  delivered(host: Host, queue: string, rows: readonly Queued[]): Promise<void> {
    return this.#write(host, `that ${rows.length} records are delivered`, (work) => {
      this.#take(work, queue, rows);
      count(work.state, this.#settings.id, 'delivered', rows.length);
    });
  }

  /** `stubs`: so many were delivered in their place. */
  dead(host: Host, queue: string, rows: readonly Queued[], refusal: Refusal, stubs = 0): Promise<void> {
    const { id } = this.#settings;
    return this.#write(host, `that ${rows.length} records are dead`, (work) => {
      this.#take(work, queue, rows);
      const records = rows.map(({ value }) => value);
      for (const record of records) {
        const letter = { reason: refusal.reason, status: refusal.status, at: work.now, record };
        work.state.enqueue(this.#queues.dead, encodeDeadLetter(letter));
      }
      count(work.state, id, 'dead', rows.length);
      count(work.state, id, 'stubs', stubs);
      // Who replays sees it in the report, and what a replay delivers does not hang on its backend.
      if (host.mode === 'run') tellRefusal(work, id, records, refusal, host.store.durable);
    });
  }

  /** So many records are sent again that a backend had refused in a way that OTLP does not let be tried again. */
  resent(host: Host, records: number): Promise<void> {
    return this.#write(host, `that ${records} parked records are sent again`, ({ state }) =>
      count(state, this.#settings.id, 'parked_resend', records),
    );
  }

  #take({ state, now }: UnitOfWork, queue: string, rows: readonly Queued[]): void {
    let bytes = 0;
    for (const { number, value } of rows) {
      state.dequeue(queue, number);
      bytes += value.length;
    }
    addUsage(state, queue, { records: -rows.length, bytes: -bytes });
    const { records, bytes: most } = this.#options.quota;
    const left = usageOf(state, this.#queues.ordinary);
    tellSuppressed(state, this.#settings.id, now, left.records * 2 < records && left.bytes * 2 < most);
  }

  async #write(host: Host, what: string, write: (work: UnitOfWork) => void): Promise<void> {
    const backoff = new Backoff(this.#options.retry);
    do {
      try {
        await host.work(async (work) => write(work));
        return;
      } catch (error) {
        const ms = backoff.next();
        this.#settings.log.error(
          `cannot note ${what}: ${reasonOf(error)}; next try in ${formatDuration(ms)}`,
        );
        await this.#alarm.sleep(ms);
      }
    } while (!this.#alarm.stopped);
  }
}
