import type { ClassicLevel } from 'classic-level';
import { Census, kindOfTable } from './census.ts';
import { metaKey, sealed, splitQueueKey, splitStateKey, unsealed } from './level-row.ts';
import { StoreError, type Stored } from './store.ts';
import { Tables } from './tables.ts';

/** The layout of rows; a store of another number is refused. */
const schema = 1;

/** Rows that are read at once. */
const portionSize = 4_096;

/** What is known of one queue, whose rows stay on disk. */
export interface QueueFacts {
  rows: number;
  /** Highest number given. */
  last: number;
  /**
   * No row has a number up to this one. LevelDB keeps a mark for each deleted row until it compacts: to begin behind
   * them saves it from passing them all at every look.
   */
  gone: number;
}

/** What a store holds when it is opened. */
export interface Loaded {
  readonly tables: Tables;
  readonly queues: Map<string, QueueFacts>;
  readonly census: Census;
  /** The number of the last commit; 0 before the first. */
  readonly commit: number;
}

/** Reads all state and the keys of all queues, each row compared with its checksum. Throws `StoreError`. */
export async function load(db: ClassicLevel): Promise<Loaded> {
  const tables = new Tables();
  const queues = new Map<string, QueueFacts>();
  const census = new Census();
  await eachPortion(db.iterator({ gte: 's', lt: 't' }), (rows) => {
    for (const [key, row] of rows) {
      const [table, name] = splitStateKey(key);
      tables.add(table, name, unsealed(key, row));
      census.add(kindOfTable(table), 1);
    }
  });
  await eachPortion(db.keys({ gte: 'q', lt: 'r' }), (keys) => {
    for (const key of keys) {
      const [queue, number] = splitQueueKey(key);
      const known = queues.get(queue);
      if (known === undefined) queues.set(queue, { rows: 1, last: number, gone: 0 });
      else {
        known.rows++;
        known.last = number;
      }
    }
  });
  for (const [queue, { rows }] of queues) census.add(queue, rows);
  const { rows, commit } = await readMeta(db);
  const difference = census.differenceFrom(Census.of(rows));
  if (difference !== undefined) throw new StoreError('corrupt', difference);
  return { tables, queues, census, commit };
}

/** Gives everything of an iterator in portions: one by one every row would wait for a promise of its own. */
async function eachPortion<T>(
  source: { nextv(size: number): Promise<T[]>; close(): Promise<void> },
  take: (portion: readonly T[]) => void,
): Promise<void> {
  try {
    for (;;) {
      const portion = await source.nextv(portionSize);
      if (portion.length === 0) return;
      take(portion);
    }
  } finally {
    await source.close();
  }
}

/** The number of the last commit that is on disk. */
export const lastCommit = async (db: ClassicLevel): Promise<number> => (await readMeta(db)).commit;

/** The meta row, which every commit writes with the rest: how many rows there are, and the commit's number. */
export const sealedMeta = (census: Census, commit: number): string =>
  sealed(metaKey, JSON.stringify({ schema, rows: census.toStored(), commit }));

type Meta = { readonly schema: number; readonly rows: Stored; readonly commit: number };

async function readMeta(db: ClassicLevel): Promise<Meta> {
  const row = await db.get(metaKey);
  if (row === undefined) return { schema, rows: {}, commit: 0 };
  const meta = { commit: 0, ...(unsealed(metaKey, row) as Partial<Meta>) } as Meta;
  if (meta.schema === schema) return meta;
  const newer = meta.schema > schema ? '; it was written by a newer version' : '';
  throw new StoreError(
    'unusable',
    `it has schema ${meta.schema}, and this version reads schema ${schema}${newer}`,
  );
}
