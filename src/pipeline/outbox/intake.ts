import type { Batch } from '../../record/batch.ts';
import { encodeRecord } from '../../record/codec.ts';
import { isOwnEvent } from '../../record/own.ts';
import { count } from '../../store/counter.ts';
import type { State, Store } from '../../store/store.ts';
import { assert } from '../../util/assert.ts';
import { formatBytes } from '../../util/byte-size.ts';
import type { Host } from '../component.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import type { Quota } from './options.ts';
import { queueFor, queuesOf, setUsage, undelivered, usageOf, type Queues, type Usage } from './queues.ts';
import { suppress, tellSuppressed } from './suppressed.ts';

/** A fifth of the quota is for urgent records alone. */
const reserve = 5;

/**
 * The way into an outbox. Urgent records come in until the quota is used up. Of the others a live run keeps what fits
 * into four fifths of it; beyond that our own are counted by rule, and records of others, which nobody could make
 * again, wait. A replay counts nothing instead: what it reads stays where it is.
 */
export class Intake {
  readonly #exporter: string;
  readonly #queues: Queues;
  readonly #quota: Quota;
  /** For records that are not urgent, in a live run. */
  readonly #ordinary: Quota;

  constructor(exporter: string, quota: Quota) {
    this.#exporter = exporter;
    this.#queues = queuesOf(exporter);
    this.#quota = quota;
    const less = (amount: number): number => amount - Math.floor(amount / reserve);
    this.#ordinary = { records: less(quota.records), bytes: less(quota.bytes) };
  }

  /** Why `batch` has to wait: what is committed has used up the room for it. Undefined if it may come in. */
  obstacle(batch: Batch, store: Store, mode: Host['mode']): string | undefined {
    const records = undelivered(store, this.#exporter);
    const ordinary = usageOf(store, this.#queues.ordinary);
    const bytes = ordinary.bytes + usageOf(store, this.#queues.urgent).bytes;
    const full =
      exceeds({ records, bytes }, this.#quota) ||
      (mode === 'run' && exceeds(ordinary, this.#ordinary) && hasForeign(batch));
    if (!full) return undefined;
    return `${this.#exporter}: ${records} records (${formatBytes(bytes)}) wait to be delivered; reading pauses until there is room`;
  }

  /** Puts the records of `batch` into their queues. `foldable`: those without room may be counted instead. */
  take(batch: Batch, { state, now, fill }: UnitOfWork, foldable: boolean): void {
    const { urgent, ordinary } = this.#queues;
    const usage = { [urgent]: { ...usageOf(state, urgent) }, [ordinary]: { ...usageOf(state, ordinary) } };
    for (let index = 0; index < batch.size; index++) {
      const record = batch.record(index);
      const queue = queueFor(this.#queues, record.severityNumber);
      const used = usage[queue];
      assert(used, 'a queue of this outbox');
      const fold = foldable && queue === ordinary && exceeds(used, this.#ordinary);
      if (fold && isOwnEvent(record.eventName)) {
        suppress(state, this.#exporter, record, now);
        continue;
      }
      const text = encodeRecord(record);
      state.enqueue(queue, text);
      used.records++;
      used.bytes += text.length;
    }
    for (const [queue, used] of Object.entries(usage)) setUsage(state, queue, used);
    count(state, this.#exporter, 'records', batch.size);
    tellSuppressed(state, this.#exporter, now, false);
    if (this.#isFull(batch, state, foldable)) fill();
  }

  #isFull(batch: Batch, state: Pick<State, 'get'>, foldable: boolean): boolean {
    const [urgent, ordinary] = [usageOf(state, this.#queues.urgent), usageOf(state, this.#queues.ordinary)];
    const all = { records: urgent.records + ordinary.records, bytes: urgent.bytes + ordinary.bytes };
    return exceeds(all, this.#quota) || (foldable && exceeds(ordinary, this.#ordinary) && hasForeign(batch));
  }
}

const exceeds = (used: Usage, quota: Quota): boolean =>
  used.records >= quota.records || used.bytes >= quota.bytes;

/** True if it holds records that are not ours. */
function hasForeign(batch: Batch): boolean {
  for (let index = 0; index < batch.size; index++) if (!isOwnEvent(batch.eventName(index))) return true;
  return false;
}
