import { MemoryStore } from '../../src/store/memory.ts';
import { StoreError, type Queued, type Store, type Stored, type Transaction } from '../../src/store/store.ts';
import type { ModelDisk, Recorded } from './model-disk.ts';
import { RecordingTransaction } from './recording-transaction.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The store of one process, on a modelled disk: it keeps to the contract of `Store` or fails by it. A commit is written
 * and then synced; a crash before the end of the sync leaves all of it or nothing.
 */
export class ModelStore implements Store {
  readonly durable = true;
  readonly #memory = new MemoryStore();
  readonly #disk: ModelDisk;
  readonly #around: Surroundings;
  #broken: StoreError | undefined;

  private constructor(disk: ModelDisk, around: Surroundings) {
    this.#disk = disk;
    this.#around = around;
  }

  /** Reads what the disk holds. */
  static async open(disk: ModelDisk, around: Surroundings): Promise<ModelStore> {
    const store = new ModelStore(disk, around);
    const loading = store.#memory.begin();
    for (const [table, rows] of disk.tables) for (const [key, value] of rows) loading.put(table, key, value);
    for (const [queue, values] of disk.queues) for (const value of values) loading.enqueue(queue, value);
    await loading.commit();
    return store;
  }

  begin(): Transaction {
    return new RecordingTransaction(this.#memory.begin(), (recorded, inner) => this.#commit(recorded, inner));
  }

  peek(queue: string, after: number, limit: number): Promise<readonly Queued[]> {
    return this.#memory.peek(queue, after, limit);
  }

  length(queue: string): number {
    return this.#memory.length(queue);
  }

  get(table: string, key: string): Stored | undefined {
    return this.#memory.get(table, key);
  }

  scan(table: string): readonly (readonly [string, Stored])[] {
    return this.#memory.scan(table);
  }

  tables(path: string): readonly string[] {
    return this.#memory.tables(path);
  }

  hurry(): void {}

  async close(): Promise<void> {}

  async #commit(recorded: Recorded, inner: Transaction): Promise<void> {
    const { gate, effects, dice } = this.#around;
    await gate('commit');
    if (this.#broken) return this.#undone(inner, this.#broken);
    const atWrite = effects.happen(`write +${recorded.enqueued.length} ${[...recorded.queues].join(' ')}`);
    if (atWrite === 'crash') return this.#around.crash();
    // A full disk: the same may succeed later.
    if (atWrite === 'error') return this.#undone(inner, new StoreError('full', 'no space is left'));
    const atSync = effects.happen('sync');
    if (atSync === undefined || dice.chance(0.5)) await this.#keep(recorded, inner);
    else if (atSync === 'error') inner.rollback();
    if (atSync === 'crash') return this.#around.crash();
    if (atSync === undefined) return;
    this.#broken = new StoreError('unusable', 'nobody knows what the disk holds');
    throw this.#broken;
  }

  #undone(inner: Transaction, error: StoreError): never {
    inner.rollback();
    throw error;
  }

  async #keep(recorded: Recorded, inner: Transaction): Promise<void> {
    await inner.commit();
    this.#disk.keep(recorded);
    for (const queue of recorded.queues) {
      const rows = await this.#memory.peek(queue, 0, Infinity);
      this.#disk.queues.set(
        queue,
        rows.map(({ value }) => value),
      );
    }
  }
}
