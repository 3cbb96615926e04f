import { encodeRecord } from '../../record/codec.ts';
import type { LogRecord } from '../../record/record.ts';
import { count } from '../../store/counter.ts';
import type { UnitOfWork } from '../unit-of-work.ts';
import { addUsage, queuesOf } from './queues.ts';

/** Puts a notice that an outbox makes itself behind the others: it is owed as they are, and counted. */
export function enqueueOwn(state: UnitOfWork['state'], exporter: string, notice: LogRecord): void {
  const queue = queuesOf(exporter).ordinary;
  const text = encodeRecord(notice);
  state.enqueue(queue, text);
  addUsage(state, queue, { records: 1, bytes: text.length });
  count(state, exporter, 'records');
}
