import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';

const runs = Number(process.env['RISKPIPE_RUNS'] ?? 60);
// In memory where there is such a place: every run opens the store many times.
const parent = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'riskpipe-model-'));
const directory = join(parent, 'store');
afterAll(() => rmSync(parent, { recursive: true }));

type Change =
  | { readonly kind: 'put'; readonly key: string; readonly value: number }
  | { readonly kind: 'delete'; readonly key: string }
  | { readonly kind: 'enqueue'; readonly queue: string; readonly value: string }
  /** Takes out the oldest `count` rows. */
  | { readonly kind: 'dequeue'; readonly queue: string; readonly count: number };

type Step =
  | { readonly kind: 'work'; readonly changes: readonly Change[]; readonly commits: boolean }
  | { readonly kind: 'reopen' | 'compact' }
  /** The process dies in the middle of a commit: all before it stays, of the commit itself a part of its bytes. */
  | { readonly kind: 'crash'; readonly changes: readonly Change[]; readonly permille: number };

const queue = fc.constantFrom('outbox/a', 'outbox/b');
const key = fc.constantFrom('one', 'two', 'three');
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), key, value: fc.nat() }),
  fc.record({ kind: fc.constant('delete' as const), key }),
  fc.record({
    kind: fc.constant('enqueue' as const),
    queue,
    value: fc.string({ maxLength: 2_000, size: 'max' }),
  }),
  fc.record({ kind: fc.constant('dequeue' as const), queue, count: fc.integer({ min: 1, max: 3 }) }),
);
const changes = fc.array(change, { minLength: 1, maxLength: 6 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('work' as const), changes, commits: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('reopen' as const, 'compact' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      changes,
      permille: fc.integer({ min: 0, max: 999 }),
    }),
  },
);

/** What a store is, in the plainest words. */
interface Model {
  readonly rows: ReadonlyMap<string, number>;
  readonly queues: ReadonlyMap<string, readonly string[]>;
}

function changed({ rows, queues }: Model, all: readonly Change[]): Model {
  const next = { rows: new Map(rows), queues: new Map(queues) };
  const before = queues;
  for (const one of all) {
    if (one.kind === 'put') next.rows.set(one.key, one.value);
    else if (one.kind === 'delete') next.rows.delete(one.key);
    else if (one.kind === 'enqueue')
      next.queues.set(one.queue, [...(next.queues.get(one.queue) ?? []), one.value]);
  }
  for (const [name, count] of taken(before, all)) {
    next.queues.set(name, (next.queues.get(name) ?? []).slice(count));
  }
  return next;
}

/** How many rows that were there before leave each queue. */
function taken(queues: Model['queues'], all: readonly Change[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of all) {
    if (one.kind !== 'dequeue') continue;
    const wanted = (counts.get(one.queue) ?? 0) + one.count;
    counts.set(one.queue, Math.min(wanted, queues.get(one.queue)?.length ?? 0));
  }
  return counts;
}

async function begin(store: LevelStore, model: Model, all: readonly Change[]) {
  const rows = new Map<string, readonly number[]>();
  for (const [name, count] of taken(model.queues, all)) {
    rows.set(name, count === 0 ? [] : (await store.peek(name, 0, count)).map(({ number }) => number));
  }
  const work = store.begin();
  for (const one of all) {
    if (one.kind === 'put') work.put('t', one.key, one.value);
    else if (one.kind === 'delete') work.delete('t', one.key);
    else if (one.kind === 'enqueue') work.enqueue(one.queue, one.value);
  }
  for (const [name, numbers] of rows) for (const number of numbers) work.dequeue(name, number);
  return work;
}

async function contentOf(store: LevelStore): Promise<unknown> {
  const queues = ['outbox/a', 'outbox/b'].map(async (name) => {
    const rows = await store.peek(name, 0, 10_000);
    expect(store.length(name)).toBe(rows.length);
    return rows.map(({ value }) => value);
  });
  return { rows: new Map(store.scan('t')), queues: await Promise.all(queues) };
}

const contentOfModel = ({ rows, queues }: Model): unknown => ({
  rows: new Map([...rows].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  queues: ['outbox/a', 'outbox/b'].map((name) => queues.get(name) ?? []),
});

const logs = (): readonly string[] => readdirSync(directory).filter((name) => name.endsWith('.log'));

/** Copies the store's files as they are at one moment: LevelDB may be at work on tables of its own accord. */
function copyAtRest(to: string): void {
  let names: readonly string[];
  do {
    names = readdirSync(directory);
    rmSync(to, { recursive: true, force: true });
    // A file may go between its listing and its copy; then the names have changed, too.
    cpSync(directory, to, { recursive: true, filter: (path) => existsSync(path) });
  } while (readdirSync(directory).join() !== names.join());
}

/**
 * Commits, but with the files of before it, and of the bytes that it added to the log so many per mille: what a kill in the
 * middle of the write leaves. Nobody was told of the commit.
 */
async function crash(
  store: LevelStore,
  model: Model,
  all: readonly Change[],
  permille: number,
): Promise<boolean> {
  const before = join(parent, 'before');
  copyAtRest(before);
  const work = await begin(store, model, all);
  await work.commit();
  const added = logs().map((name) => [name, readFileSync(join(directory, name))] as const);
  await store.close();
  rmSync(directory, { recursive: true });
  cpSync(before, directory, { recursive: true });
  let isTorn = false;
  for (const [name, bytes] of added) {
    const path = join(directory, name);
    const old = existsSync(path) ? readFileSync(path).length : 0;
    const length = old + Math.floor(((bytes.length - old) * permille) / 1_000);
    isTorn ||= length > old;
    writeFileSync(path, bytes.subarray(0, length));
  }
  return isTorn;
}

test(
  'a store is what a plain model says, through rollbacks, restarts and crashes',
  async () => {
    const seen = { committed: 0, rolledBack: 0, reopened: 0, compacted: 0, torn: 0, dequeued: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
        rmSync(directory, { recursive: true, force: true });
        mkdirSync(directory);
        let store = await LevelStore.open(directory);
        let model: Model = { rows: new Map(), queues: new Map() };
        for (const one of steps) {
          if (one.kind === 'work') {
            const work = await begin(store, model, one.changes);
            if (one.commits) {
              await work.commit();
              seen.dequeued += [...taken(model.queues, one.changes).values()].reduce(
                (sum, count) => sum + count,
                0,
              );
              model = changed(model, one.changes);
              seen.committed++;
            } else {
              work.rollback();
              seen.rolledBack++;
            }
          } else if (one.kind === 'compact') {
            await store.compact();
            seen.compacted++;
          } else {
            if (one.kind === 'crash')
              seen.torn += Number(await crash(store, model, one.changes, one.permille));
            else await store.close();
            store = await LevelStore.open(directory);
            seen.reopened++;
          }
          expect(await contentOf(store)).toEqual(contentOfModel(model));
        }
        await store.close();
      }),
      { seed: 32, numRuns: runs, endOnFailure: true },
    );
    for (const [kind, count] of Object.entries(seen)) expect(count, kind).toBeGreaterThan(runs / 10);
  },
  30_000 + runs * 500,
);
