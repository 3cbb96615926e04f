import { decodeRecord } from '../../record/codec.ts';
import { count } from '../../store/counter.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { decodeDeadLetter, type DeadLetter } from './dead-letter.ts';
import { addUsage, queueFor, queuesOf } from './queues.ts';
import { forgetRefusals } from './refusal-notice.ts';

/** A dead letter and where it lies: its exporter, and its number there. */
export interface StoredLetter extends DeadLetter {
  readonly exporter: string;
  readonly number: number;
}

/** So many are held in memory, and changed in one transaction. */
const atOnce = 500;

/** The dead letters of an exporter, oldest first, in pieces. */
export async function* deadLetters(store: Store, exporter: string): AsyncGenerator<readonly StoredLetter[]> {
  for (let after = 0; ;) {
    const rows = await store.peek(queuesOf(exporter).dead, after, atOnce);
    if (rows.length === 0) return;
    yield rows.map(({ number, value }) => ({ exporter, number, ...decodeDeadLetter(value) }));
    after = rows.at(-1)?.number ?? after;
  }
}

/** One dead letter; undefined if there is none of this number. */
export async function deadLetter(
  store: Store,
  exporter: string,
  number: number,
): Promise<StoredLetter | undefined> {
  const [row] = await store.peek(queuesOf(exporter).dead, number - 1, 1);
  return row?.number === number ? { exporter, number, ...decodeDeadLetter(row.value) } : undefined;
}

/**
 * Puts letters back to the end of the outbox they came from, as they were; the counter `retried` says how many ever
 * were. All of them, or none if it rejects.
 */
export async function retryLetters(store: Store, letters: readonly StoredLetter[]): Promise<void> {
  const work = store.begin();
  for (const { exporter, number, record } of letters) {
    const queues = queuesOf(exporter);
    const queue = queueFor(queues, decodeRecord(record).severityNumber);
    work.dequeue(queues.dead, number);
    work.enqueue(queue, record);
    addUsage(work, queue, { records: 1, bytes: record.length });
    count(work, exporter, 'dead', -1);
    count(work, exporter, 'retried');
  }
  forgetDealtWith(store, work, letters);
  await work.commit();
}

/** Deletes letters; the counter `dropped` says how many ever were. All of them, or none if it rejects. */
export async function dropLetters(store: Store, letters: readonly StoredLetter[]): Promise<void> {
  const work = store.begin();
  for (const { exporter, number } of letters) {
    work.dequeue(queuesOf(exporter).dead, number);
    count(work, exporter, 'dead', -1);
    count(work, exporter, 'dropped');
  }
  forgetDealtWith(store, work, letters);
  await work.commit();
}

/** With the last letters of an exporter goes what has been told of them. */
function forgetDealtWith(store: Store, work: Transaction, letters: readonly StoredLetter[]): void {
  for (const exporter of new Set(letters.map((letter) => letter.exporter))) {
    const gone = letters.filter((letter) => letter.exporter === exporter).length;
    if (gone === store.length(queuesOf(exporter).dead)) forgetRefusals(work, exporter);
  }
}
