import { setTimeout as delay } from 'node:timers/promises';
import type { ClassicLevel } from 'classic-level';
import { assert } from '../util/assert.ts';
import { reasonOf } from '../util/reason-of.ts';
import { Census, kindOfTable } from './census.ts';
import { InstanceLock } from './instance-lock.ts';
import { jsonOf } from './held.ts';
import { isNoSpace, openError } from './level-error.ts';
import { dropOrphans } from './level-files/drop-orphans.ts';
import { lastCommit, sealedMeta, type QueueFacts } from './level-load.ts';
import type { LeanLevel, Operation } from './lean-level.ts';
import { metaKey, queueKey, sealed, splitQueueKey, stateKey, unsealed } from './level-row.ts';
import { openVerified, type Opened } from './open-verified.ts';
import type { Changes } from './overlay.ts';
import { ResidentStore } from './resident-store.ts';
import { StoreError, type Queued, type Stored } from './store.ts';

/** How long until a store is tried to be opened anew for which the disk had no room. */
const reopenMs = 100;

/** What who opens a store has to say to its troubles. */
export interface LevelOptions {
  /** The disk is full: what can be given up for the store is, before it is opened anew. */
  readonly makeRoom?: () => void;
  /** The store is damaged: moves its files out of the way, so that a new one takes their place. Undefined: refuse. */
  readonly setAside?: (damage: StoreError) => void;
}

/**
 * A store in a directory, by LevelDB. Each commit is one batch, written with
 * `sync`: durable when `commit` resolves. State is held in memory and only
 * written here; queues are read back when they are sent.
 *
 * After a write has failed LevelDB takes no more. If that was for want of space, it is opened anew, and what the disk
 * then holds says whether the commit counts. Any other failure means that nobody knows what the disk holds: every
 * later commit rejects, and the process has to end and open the store anew (design §7).
 */
export class LevelStore extends ResidentStore {
  readonly durable = true;
  readonly #directory: string;
  readonly #lock: InstanceLock;
  readonly #db: LeanLevel;
  readonly #witness: Opened['witness'];
  readonly #options: LevelOptions;
  readonly #queues: Map<string, QueueFacts>;
  #census: Census;
  #commit: number;
  #reopening: Promise<void> | undefined;
  #isHurried = false;
  #restriction: string | undefined;
  #broken: StoreError | undefined;

  private constructor(
    directory: string,
    { db, loaded, witness }: Opened,
    lock: InstanceLock,
    options: LevelOptions,
  ) {
    super(loaded.tables);
    this.#directory = directory;
    this.#lock = lock;
    this.#db = db;
    this.#witness = witness;
    this.#options = options;
    this.#queues = loaded.queues;
    this.#census = loaded.census;
    this.#commit = loaded.commit;
  }

  /**
   * Opens the store in `directory`, which must exist, and verifies its files, every row of state and every key.
   * Throws `StoreError`: `locked` if another process has it open, `corrupt` if it is not what was written (nothing
   * is changed then), `full` if the disk is, `unusable` if the directory cannot be used.
   */
  static async open(directory: string, options: LevelOptions = {}): Promise<LevelStore> {
    const lock = await InstanceLock.acquire(directory);
    try {
      const opened = await openVerified(directory).catch((error: unknown) => {
        if (!(error instanceof StoreError) || error.reason !== 'corrupt' || !options.setAside) throw error;
        options.setAside(error);
        return openVerified(directory);
      });
      return new LevelStore(directory, opened, lock, options);
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /**
   * From now on refuses commits that may make the store larger, with `reason`: all that take nothing out of a queue.
   * Undefined: takes them again.
   */
  restrict(reason: string | undefined): void {
    this.#restriction = reason;
  }

  /** Gives the space of delivered rows back to the disk. Takes a while; the store can be used meanwhile. */
  async compact(): Promise<void> {
    await this.#reopening;
    await this.#db.compactRange('q', 'r');
  }

  async peek(queue: string, after: number, limit: number): Promise<readonly Queued[]> {
    if (this.length(queue) === 0) return [];
    const known = this.#queue(queue);
    const from = Math.max(after, known.gone);
    const range = { gt: queueKey(queue, from), lte: queueKey(queue, Number.MAX_SAFE_INTEGER), limit };
    const rows = await this.#read((db) => db.iterator(range).all());
    const found = rows.map(([key, row]) => ({
      number: splitQueueKey(key)[1],
      value: textOf(unsealed(key, row)),
    }));
    const [first] = found;
    if (first !== undefined && from === known.gone) known.gone = first.number - 1;
    return found;
  }

  length(queue: string): number {
    return this.#queues.get(queue)?.rows ?? 0;
  }

  override hurry(): void {
    this.#isHurried = true;
  }

  async close(): Promise<void> {
    this.hurry();
    await this.#reopening?.catch(() => {});
    await this.#db.close();
    this.#witness.close();
    await this.#lock.release();
  }

  protected nextNumber(queue: string): number {
    return ++this.#queue(queue).last;
  }

  protected async apply(changes: Changes): Promise<void> {
    if (this.#restriction !== undefined && changes.dequeued.length === 0) {
      throw new StoreError('full', this.#restriction);
    }
    if (this.#broken) throw this.#broken;
    const census = Census.of(this.#census.toStored());
    const commit = this.#commit + 1;
    const operations: Operation[] = [];
    this.#addRows(changes, census, operations);
    addQueues(changes, census, operations);
    operations.push({ type: 'put', key: metaKey, value: sealedMeta(census, commit) });
    await this.#write(commit, operations);
    this.#census = census;
    this.#commit = commit;
    this.committed.apply(changes.rows, changes.weight);
    for (const { queue } of changes.enqueued) this.#queue(queue).rows++;
    for (const { queue } of changes.dequeued) this.#queue(queue).rows--;
    this.#witness.note(commit);
  }

  /** If it throws, nothing of the commit happened, or nobody knows and no later commit will. */
  async #write(commit: number, operations: Operation[]): Promise<void> {
    try {
      await this.#db.write(operations);
    } catch (error) {
      const message = `could not write to the store: ${reasonOf(error)}`;
      try {
        if (!isNoSpace(error)) throw new StoreError('unusable', message, { cause: error });
        this.#options.makeRoom?.();
        if (await this.#isThere(commit)) return;
      } catch (cause) {
        this.#broken =
          cause instanceof StoreError ? cause : new StoreError('unusable', reasonOf(cause), { cause });
        throw this.#broken;
      }
      throw new StoreError('full', message, { cause: error });
    }
  }

  /** Opens the store anew and looks whether `commit` is on disk, although LevelDB could not write all it wanted to. */
  async #isThere(commit: number): Promise<boolean> {
    this.#reopening = this.#reopen();
    await this.#reopening.finally(() => (this.#reopening = undefined));
    const found = await lastCommit(this.#db);
    if (found === commit || found === this.#commit) return found === commit;
    throw new Error(`the store ends with commit ${found}, and commit ${this.#commit} was made`);
  }

  /** While the disk is too full even for that it is tried again, until the process ends: nobody can go on before. */
  async #reopen(): Promise<void> {
    for (;;) {
      try {
        await this.#db.close();
        dropOrphans(this.#directory);
        await this.#db.open();
        return;
      } catch (error) {
        const failure = openError(this.#directory, error);
        if (failure.reason !== 'full' || this.#isHurried) throw failure;
        await delay(reopenMs);
      }
    }
  }

  /** A read that the store's reopening interrupts is done again after it. */
  async #read<T>(read: (db: ClassicLevel) => Promise<T>): Promise<T> {
    for (;;) {
      await this.#reopening;
      try {
        return await read(this.#db);
      } catch (error) {
        if (this.#reopening === undefined) throw error;
      }
    }
  }

  #addRows({ rows }: Changes, census: Census, operations: Operation[]): void {
    for (const [table, changed] of rows) {
      const kind = kindOfTable(table);
      for (const [key, held] of changed) {
        const isThere = this.committed.has(table, key);
        census.add(kind, Number(held !== undefined) - Number(isThere));
        const name = stateKey(table, key);
        if (held !== undefined)
          operations.push({ type: 'put', key: name, value: sealed(name, jsonOf(held)) });
        else if (isThere) operations.push({ type: 'del', key: name });
      }
    }
  }

  #queue(name: string): QueueFacts {
    const known = this.#queues.get(name);
    if (known) return known;
    const queue = { rows: 0, last: 0, gone: 0 };
    this.#queues.set(name, queue);
    return queue;
  }
}

function addQueues({ enqueued, dequeued }: Changes, census: Census, operations: Operation[]): void {
  for (const { queue, number, value } of enqueued) {
    const key = queueKey(queue, number);
    census.add(queue, 1);
    operations.push({ type: 'put', key, value: sealed(key, JSON.stringify(value)) });
  }
  for (const { queue, number } of dequeued) {
    census.add(queue, -1);
    operations.push({ type: 'del', key: queueKey(queue, number) });
  }
}

/** The value of a queue's row, which is always text. */
function textOf(value: Stored): string {
  assert(typeof value === 'string', 'a queue holds texts');
  return value;
}
