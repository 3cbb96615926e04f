import { ClassicLevel } from 'classic-level';
import { assert } from '../util/assert.ts';
import { Census, kindOfTable } from './census.ts';
import { metaKey, queueKey, sealed, splitQueueKey, splitStateKey, stateKey, unsealed } from './level-row.ts';
import type { Changes } from './overlay.ts';
import { ResidentStore } from './resident-store.ts';
import { StoreError, type Queued, type Stored } from './store.ts';
import { Tables } from './tables.ts';

type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string };

/** The layout of rows; a store of another number is refused. */
const schema = 1;

/**
 * A store in a directory, by LevelDB. Each commit is one batch, written with
 * `sync`: durable when `commit` resolves. State is held in memory and only
 * written here; queues are read back when they are sent.
 *
 * After a write has failed LevelDB takes no more: every later commit rejects,
 * and the process has to end and open the store anew (design §7).
 */
export class LevelStore extends ResidentStore {
  readonly durable = true;
  readonly #db: ClassicLevel;
  readonly #queues: Map<string, QueueFacts>;
  #census: Census;

  private constructor(db: ClassicLevel, loaded: Loaded) {
    super(loaded.tables);
    this.#db = db;
    this.#queues = loaded.queues;
    this.#census = loaded.census;
  }

  /**
   * Opens the store in `directory`, which must exist, and verifies every row of state and every key.
   * Throws `StoreError`: `locked` if another process has it open, `corrupt` if it is not what was written,
   * `unusable` if the directory cannot be used.
   */
  static async open(directory: string): Promise<LevelStore> {
    const db: ClassicLevel = new ClassicLevel(directory, { keyEncoding: 'utf8', valueEncoding: 'utf8' });
    try {
      await db.open();
    } catch (error) {
      throw openError(directory, error);
    }
    try {
      return new LevelStore(db, await load(db));
    } catch (error) {
      await db.close();
      if (error instanceof StoreError)
        throw new StoreError(error.reason, `the store in ${directory} is damaged: ${error.message}`);
      throw openError(directory, error);
    }
  }

  async peek(queue: string, after: number, limit: number): Promise<readonly Queued[]> {
    if (this.length(queue) === 0) return [];
    const known = this.#queue(queue);
    const from = Math.max(after, known.gone);
    const range = { gt: queueKey(queue, from), lte: queueKey(queue, Number.MAX_SAFE_INTEGER), limit };
    const rows = await this.#db.iterator(range).all();
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

  close(): Promise<void> {
    return this.#db.close();
  }

  protected nextNumber(queue: string): number {
    return ++this.#queue(queue).last;
  }

  protected async apply(changes: Changes): Promise<void> {
    const census = Census.of(this.#census.toStored());
    const operations = [...this.#stateOperations(changes, census), ...queueOperations(changes, census)];
    operations.push(metaOperation(census));
    try {
      await this.#db.batch(operations, { sync: true });
    } catch (error) {
      throw new StoreError('unusable', `could not write to the store: ${reasonOf(error)}`, { cause: error });
    }
    this.#census = census;
    this.committed.apply(changes.rows);
    for (const { queue } of changes.enqueued) this.#queue(queue).rows++;
    for (const { queue } of changes.dequeued) this.#queue(queue).rows--;
  }

  *#stateOperations({ rows }: Changes, census: Census): Iterable<Operation> {
    for (const [table, written] of rows) {
      for (const [key, value] of written) {
        const before = this.committed.get(table, key) === undefined ? 0 : 1;
        census.add(kindOfTable(table), Number(value !== undefined) - before);
        const name = stateKey(table, key);
        if (value !== undefined) yield { type: 'put', key: name, value: sealed(name, value) };
        else if (before === 1) yield { type: 'del', key: name };
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

interface QueueFacts {
  rows: number;
  /** Highest number given. */
  last: number;
  /**
   * No row has a number up to this one. LevelDB keeps a mark for each deleted row until it compacts: to begin behind
   * them saves it from passing them all at every look.
   */
  gone: number;
}

interface Loaded {
  readonly tables: Tables;
  readonly queues: Map<string, QueueFacts>;
  readonly census: Census;
}

async function load(db: ClassicLevel): Promise<Loaded> {
  const tables = new Tables();
  const queues = new Map<string, QueueFacts>();
  const census = new Census();
  for await (const [key, row] of db.iterator({ gte: 's', lt: 't' })) {
    const [table, name] = splitStateKey(key);
    tables.put(table, name, unsealed(key, row));
    census.add(kindOfTable(table), 1);
  }
  for await (const key of db.keys({ gte: 'q', lt: 'r' })) {
    const [queue, number] = splitQueueKey(key);
    queues.set(queue, { rows: (queues.get(queue)?.rows ?? 0) + 1, last: number, gone: 0 });
    census.add(queue, 1);
  }
  verify(await db.get(metaKey), census);
  return { tables, queues, census };
}

function verify(row: string | undefined, found: Census): void {
  const meta = row === undefined ? { schema, rows: {} } : unsealed(metaKey, row);
  const { schema: written, rows } = meta as { schema: number; rows: Stored };
  if (written !== schema) {
    throw new StoreError('unusable', `it has schema ${written}, and this version reads schema ${schema}`);
  }
  const difference = found.differenceFrom(Census.of(rows));
  if (difference !== undefined) throw new StoreError('corrupt', difference);
}

function* queueOperations({ enqueued, dequeued }: Changes, census: Census): Iterable<Operation> {
  for (const { queue, number, value } of enqueued) {
    const key = queueKey(queue, number);
    census.add(queue, 1);
    yield { type: 'put', key, value: sealed(key, value) };
  }
  for (const { queue, number } of dequeued) {
    census.add(queue, -1);
    yield { type: 'del', key: queueKey(queue, number) };
  }
}

function metaOperation(census: Census): Operation {
  return { type: 'put', key: metaKey, value: sealed(metaKey, { schema, rows: census.toStored() }) };
}

function openError(directory: string, error: unknown): StoreError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = (cause as { code?: string }).code;
  if (code === 'LEVEL_LOCKED') {
    return new StoreError(
      'locked',
      `the store in ${directory} is in use by another riskpipe; give each instance its own directory`,
      { cause: error },
    );
  }
  const reason = code === 'LEVEL_CORRUPTION' ? 'corrupt' : 'unusable';
  return new StoreError(reason, `could not open the store in ${directory}: ${reasonOf(cause)}`, {
    cause: error,
  });
}

/** The value of a queue's row, which is always text. */
function textOf(value: Stored): string {
  assert(typeof value === 'string', 'a queue holds texts');
  return value;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
