import { formatDuration } from '../../util/duration.ts';
import type { Host, Settings } from '../component.ts';
import type { Alarm } from './alarm.ts';
import type { Condition } from './condition.ts';
import type { Courier } from './courier.ts';
import type { Outcome } from './destination.ts';
import { undelivered } from './queues.ts';

/** A queue that is parked asks up to this share later than it has to, so that many senders do not ask at once. */
const jitter = 0.2;

/**
 * How it ended. `probed`: the backend took an empty request. `unprobed`: somebody may have mended it, or time is over
 * and this backend cannot be asked.
 */
type Ending = 'probed' | 'unprobed' | 'stopped';

/** Where a queue waits that may send nothing (spec/reliability.md W19). */
export class Parking {
  readonly #settings: Settings;
  readonly #probeMs: number;
  readonly #courier: Courier;
  readonly #condition: Condition;
  readonly #alarm: Alarm;

  /** `probeMs`: how long it waits before it asks, in milliseconds. */
  constructor(settings: Settings, probeMs: number, courier: Courier, condition: Condition, alarm: Alarm) {
    this.#settings = settings;
    this.#probeMs = probeMs;
    this.#courier = courier;
    this.#condition = condition;
    this.#alarm = alarm;
  }

  /** Resolves when it may go on; `refused` is why it may not. It asks first after `firstMs` if given, in milliseconds. */
  async end(host: Host, refused: Outcome & { kind: 'park' }, firstMs?: number): Promise<Ending> {
    let { reason, afterMs = 0 }: { reason: string; afterMs?: number } = refused;
    for (let given = firstMs; ; given = undefined) {
      const ms = Math.max(given ?? Math.round(this.#probeMs * (1 + jitter * Math.random())), afterMs);
      const next = this.#alarm.stopped ? '' : `; asks again in ${formatDuration(ms)}`;
      const records = undelivered(host.store, this.#settings.id);
      this.#settings.log.error(`parked: ${reason}; ${records} records wait${next}`);
      this.#condition.parked(host.health, reason);
      await this.#alarm.sleep(ms, () => this.#alarm.urged);
      if (this.#alarm.stopped) return 'stopped';
      if (this.#alarm.urged) return 'unprobed';
      const answer = await this.#courier.probe();
      if (answer === undefined) return 'unprobed';
      if (answer.kind === 'delivered') return 'probed';
      ({ reason, afterMs = 0 } = { afterMs: 0, ...answer });
    }
  }
}
