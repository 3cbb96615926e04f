import type { Stored, Transaction } from '../../src/store/store.ts';
import type { Recorded } from './model-disk.ts';

/** A transaction that remembers what it changes; how it ends is somebody else's doing. */
export class RecordingTransaction implements Transaction {
  readonly #inner: Transaction;
  readonly #end: (recorded: Recorded, inner: Transaction) => Promise<void>;
  readonly #rows: { table: string; key: string; value: Stored | undefined }[] = [];
  readonly #enqueued: { queue: string; value: string }[] = [];
  readonly #queues = new Set<string>();

  constructor(inner: Transaction, end: (recorded: Recorded, inner: Transaction) => Promise<void>) {
    this.#inner = inner;
    this.#end = end;
  }

  get queued(): number {
    return this.#inner.queued;
  }

  get weight(): number {
    return this.#inner.weight;
  }

  get(table: string, key: string): Stored | undefined {
    return this.#inner.get(table, key);
  }

  scan(table: string): readonly (readonly [string, Stored])[] {
    return this.#inner.scan(table);
  }

  keys(table: string): ReturnType<Transaction['keys']> {
    return this.#inner.keys(table);
  }

  count(table: string): number {
    return this.#inner.count(table);
  }

  tables(path: string): readonly string[] {
    return this.#inner.tables(path);
  }

  put(table: string, key: string, value: Stored): void {
    this.#rows.push({ table, key, value });
    this.#inner.put(table, key, value);
  }

  delete(table: string, key: string): void {
    this.#rows.push({ table, key, value: undefined });
    this.#inner.delete(table, key);
  }

  enqueue(queue: string, value: string): void {
    this.#enqueued.push({ queue, value });
    this.#queues.add(queue);
    this.#inner.enqueue(queue, value);
  }

  dequeue(queue: string, number: number): void {
    this.#queues.add(queue);
    this.#inner.dequeue(queue, number);
  }

  async commit(): Promise<void> {
    const isEmpty = this.#rows.length + this.#queues.size === 0;
    if (isEmpty) return this.#inner.commit();
    await this.#end({ rows: this.#rows, enqueued: this.#enqueued, queues: this.#queues }, this.#inner);
  }

  rollback(): void {
    this.#inner.rollback();
  }
}
