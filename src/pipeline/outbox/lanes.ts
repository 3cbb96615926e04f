import type { Store } from '../../store/store.ts';
import type { Alarm } from './alarm.ts';
import { HeldBack } from './held-back.ts';
import { Lane } from './lane.ts';
import { queuesOf } from './queues.ts';

type Lengths = Pick<Store, 'length'>;

/** The lanes of an outbox: urgent records leave first. */
export class Lanes {
  readonly #lanes: readonly Lane[];

  /** What is held back is tried again every `retryMs`, in milliseconds, at a ring of `alarm`. */
  constructor(exporter: string, retryMs: number, alarm: Alarm) {
    const { urgent, ordinary } = queuesOf(exporter);
    this.#lanes = [urgent, ordinary].map((queue) => new Lane(queue, new HeldBack(retryMs, alarm)));
  }

  /** The one whose turn it is; undefined if there is nothing to send now. */
  next(store: Lengths): Lane | undefined {
    return this.#lanes.find((lane) => lane.ready(store));
  }

  /** Number of records that are not held back. */
  open(store: Lengths): number {
    return this.#lanes.reduce((sum, lane) => sum + lane.open(store), 0);
  }

  /** Number of records that are held back. */
  get held(): number {
    return this.#lanes.reduce((sum, { held }) => sum + held.size, 0);
  }

  /** One is in the middle of a request that had to be divided. */
  get divided(): boolean {
    return this.#lanes.some(({ divided }) => divided);
  }

  /** One sends its records one at a time. */
  get careful(): boolean {
    return this.#lanes.some(({ careful }) => careful);
  }

  /** Each record that is held back has a turn now. */
  tryNow(): void {
    for (const { held } of this.#lanes) held.tryNow();
  }

  /** No turn comes any more by itself. */
  stop(): void {
    for (const { held } of this.#lanes) held.stop();
  }
}
