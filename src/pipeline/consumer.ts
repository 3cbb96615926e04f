import type { Batch } from '../record/batch.ts';
import type { ScanOrder } from './scan-order.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/**
 * Something records can be handed to.
 *
 * When `consume` resolves, the batch has been dealt with inside `work`: once
 * that commits, its effect is durable. When it rejects, the unit of work is
 * rolled back and the batch is still the caller's. It keeps nothing of the
 * batch's memory, and nothing in memory that a rollback would have to undo
 * except through `work.state`.
 */
export interface Consumer {
  consume(batch: Batch, work: UnitOfWork): Promise<void>;
  /** What threads may do for it ahead of time; undefined if there is nothing. */
  readonly scanOrder?: ScanOrder | undefined;
}
