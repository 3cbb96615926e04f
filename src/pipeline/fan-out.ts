import type { Batch } from '../record/batch.ts';
import type { Consumer } from './consumer.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** Hands each batch to every consumer, in order. One that rejects fails the whole unit of work. */
export function fanOut(consumers: readonly Consumer[]): Consumer {
  const [only] = consumers;
  if (only !== undefined && consumers.length === 1) return only;
  return {
    async consume(batch: Batch, work: UnitOfWork): Promise<void> {
      for (const consumer of consumers) await consumer.consume(batch, work);
    },
  };
}
