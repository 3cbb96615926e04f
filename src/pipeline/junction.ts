import type { Batch } from '../record/batch.ts';
import { assert } from '../util/assert.ts';
import type { Consumer } from './consumer.ts';
import type { ScanOrder } from './scan-order.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Where a receiver hands its batches to, which may become another consumer while the receiver goes on. */
export class Junction implements Consumer {
  #next: Consumer | undefined;

  /** From now on batches go to `next`. Not while a unit of work is under way: it must not go to both. */
  lead(next: Consumer): void {
    this.#next = next;
  }

  get scanOrder(): ScanOrder | undefined {
    return this.#next?.scanOrder;
  }

  consume(batch: Batch, work: UnitOfWork): Promise<void> {
    assert(this.#next, 'a receiver began before what it feeds');
    return this.#next.consume(batch, work);
  }
}
