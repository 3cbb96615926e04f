import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import type { Store, Stored, Transaction } from '../../src/store/store.ts';

let directory: string;
let opened: Store[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-store-'));
});
afterEach(async () => {
  for (const store of opened) await store.close();
  opened = [];
  await rm(directory, { recursive: true, force: true });
});

const kinds: readonly (readonly [name: string, open: () => Promise<Store>, reopens: boolean])[] = [
  ['memory', async () => new MemoryStore(), false],
  ['leveldb', () => LevelStore.open(directory), true],
];

for (const [name, make, reopens] of kinds) {
  describe(`store: ${name}`, () => {
    const open = async (): Promise<Store> => {
      const store = await make();
      opened.push(store);
      return store;
    };
    const reopened = async (store: Store): Promise<Store> => {
      if (!reopens) return store;
      opened = opened.filter((other) => other !== store);
      await store.close();
      return open();
    };

    test('a transaction reads its own writes, others see them after the commit', async () => {
      const store = await open();
      const work = store.begin();
      work.put('t', 'a', { n: 1 });
      work.put('t', 'b', 2);
      work.delete('t', 'b');
      expect([work.get('t', 'a'), work.get('t', 'b'), work.count('t')]).toEqual([{ n: 1 }, undefined, 1]);
      expect(store.get('t', 'a')).toBeUndefined();
      await work.commit();
      expect((await reopened(store)).get('t', 'a')).toEqual({ n: 1 });
    });

    test('weighs what it holds, however it came to hold it', async () => {
      const store = await open();
      const weigh = async (write: (work: Transaction) => void): Promise<number> => {
        const work = store.begin();
        write(work);
        const { weight } = work;
        await work.commit();
        const next = store.begin();
        next.rollback();
        expect(next.weight).toBe(weight);
        return weight;
      };
      const long = Array.from({ length: 1_000 }, (_, index) => `value ${index}`);
      const empty = await weigh(() => {});
      await weigh((work) => work.put('t', 'a', { n: 1 }));
      const two = await weigh((work) => work.put('t', 'b', long));
      expect(two).toBeGreaterThan(10_000);
      const again = await weigh((work) => {
        work.put('t', 'a', 'x');
        work.delete('t', 'b');
        work.put('t', 'b', [1]);
        work.put('t', 'b', long);
        work.put('t', 'a', { n: 2 });
      });
      expect(again).toBe(two);
      const reread = (await reopened(store)).begin();
      reread.rollback();
      expect(reread.weight).toBe(two);
      if (reopens) return;
      expect(
        await weigh((work) => {
          for (const key of work.keys('t')) work.delete('t', key);
        }),
      ).toBe(empty);
    });

    test('what is written again is read as it is, in and after the transaction', async () => {
      const store = await open();
      const work = store.begin();
      work.put('t', 'a', { n: 1 });
      work.put('t', 'a', { n: 2 });
      work.put('t', 'b', [1]);
      work.put('t', 'b', [2]);
      work.delete('t', 'b');
      work.put('t', 'c', [1]);
      work.put('t', 'c', [2]);
      work.put('t', 'c', 'text');
      const all = [
        ['a', { n: 2 }],
        ['c', 'text'],
      ];
      expect([work.scan('t'), work.keys('t'), work.count('t')]).toEqual([all, ['a', 'c'], 2]);
      await work.commit();
      expect((await reopened(store)).scan('t')).toEqual(all);
    });

    test('a rollback forgets writes, deletions and queued rows', async () => {
      const store = await open();
      const first = store.begin();
      first.put('t', 'kept', 1);
      first.enqueue('q', 'one');
      await first.commit();
      const work = store.begin();
      work.put('t', 'new', 1);
      work.delete('t', 'kept');
      work.enqueue('q', 'two');
      work.dequeue('q', 1);
      work.rollback();
      expect(store.scan('t')).toEqual([['kept', 1]]);
      expect((await store.peek('q', 0, 9)).map(({ value }) => value)).toEqual(['one']);
    });

    test('rows come sorted by key, whatever the order they were written in', async () => {
      const store = await open();
      const work = store.begin();
      for (const key of ['b', 'a\0z', 'ä', 'a', '\ud800', '']) work.put('t', key, key.length);
      expect(work.scan('t').map(([key]) => key)).toEqual(['', 'a', 'a\0z', 'b', 'ä', '\ud800']);
      await work.commit();
      const again = await reopened(store);
      expect(again.scan('t').map(([key]) => key)).toEqual(['', 'a', 'a\0z', 'b', 'ä', '\ud800']);
    });

    test('a table exists while it has a row', async () => {
      const store = await open();
      const work = store.begin();
      work.put('window/x/2', 'a', 1);
      work.put('window/x/1', 'a', 1);
      work.put('window/y/1', 'a', 1);
      work.put('window/x/3', 'a', 1);
      work.delete('window/x/3', 'a');
      expect(work.tables('window/x/')).toEqual(['window/x/1', 'window/x/2']);
      await work.commit();
      expect(store.tables('window/')).toEqual(['window/x/1', 'window/x/2', 'window/y/1']);
    });

    test('a queue gives its rows back in order, from where one asks, until they are taken out', async () => {
      let store = await open();
      const work = store.begin();
      for (let index = 0; index < 12; index++) work.enqueue('outbox/a', `row ${index}`);
      work.enqueue('outbox/b', 'other');
      await work.commit();
      store = await reopened(store);
      expect([store.length('outbox/a'), store.length('outbox/b'), store.length('none')]).toEqual([12, 1, 0]);
      const [first, second] = await store.peek('outbox/a', 0, 2);
      expect([first?.value, second?.value]).toEqual(['row 0', 'row 1']);
      expect((await store.peek('outbox/a', second?.number ?? 0, 99)).map(({ value }) => value)[0]).toBe(
        'row 2',
      );
      const taking = store.begin();
      taking.dequeue('outbox/a', first?.number ?? 0);
      await taking.commit();
      expect([(await store.peek('outbox/a', 0, 1))[0]?.value, store.length('outbox/a')]).toEqual([
        'row 1',
        11,
      ]);
    });

    test('rows added after a restart come behind those from before', async () => {
      let store = await open();
      for (const value of ['one', 'two']) {
        const work = store.begin();
        work.enqueue('q', value);
        await work.commit();
        store = await reopened(store);
      }
      expect((await store.peek('q', 0, 9)).map(({ value }) => value)).toEqual(['one', 'two']);
    });

    test('a second transaction while one is open is a bug', async () => {
      const store = await open();
      const work = store.begin();
      expect(() => store.begin()).toThrow('already open');
      work.rollback();
      store.begin().rollback();
    });

    test('a spent transaction takes no writes', async () => {
      const store = await open();
      const work = store.begin();
      await work.commit();
      expect(() => work.put('t', 'a', 1)).toThrow('spent');
      expect(() => work.enqueue('q', 'a')).toThrow('spent');
    });

    test('random transactions leave what a plain model says', async () => {
      const outcomes = { committed: 0, rolledBack: 0, deleted: 0 };
      const operation = fc.record({
        table: fc.constantFrom('a', 'b/1', 'b/2'),
        key: fc.constantFrom('x', 'y', 'z\0'),
        value: fc.option(fc.jsonValue({ maxDepth: 1 }), { nil: undefined }),
      });
      const run = fc.record({ commit: fc.boolean(), operations: fc.array(operation, { maxLength: 8 }) });
      await fc.assert(
        fc.asyncProperty(fc.array(run, { maxLength: 6 }), async (runs) => {
          await rm(directory, { recursive: true, force: true });
          let store = await open();
          const model = new Map<string, Stored>();
          for (const { commit, operations } of runs) {
            const work = store.begin();
            const next = new Map(model);
            for (const { table, key, value } of operations) {
              if (value === undefined) work.delete(table, key);
              else work.put(table, key, value as Stored);
              if (value === undefined) outcomes.deleted += Number(next.delete(`${table} ${key}`));
              else next.set(`${table} ${key}`, JSON.parse(JSON.stringify(value)) as Stored);
            }
            if (commit) {
              await work.commit();
              model.clear();
              for (const [name, value] of next) model.set(name, value);
              outcomes.committed++;
            } else {
              work.rollback();
              outcomes.rolledBack++;
            }
          }
          store = await reopened(store);
          const rows = ['a', 'b/1', 'b/2'].flatMap((table) =>
            store.scan(table).map(([key, value]) => [`${table} ${key}`, value] as const),
          );
          expect(JSON.stringify(rows.toSorted(byName))).toBe(JSON.stringify([...model].toSorted(byName)));
          opened = opened.filter((other) => other !== store);
          await store.close();
        }),
        { seed: 7, numRuns: 30 },
      );
      expect(outcomes.committed).toBeGreaterThan(10);
      expect(outcomes.rolledBack).toBeGreaterThan(10);
      expect(outcomes.deleted).toBeGreaterThan(10);
    });
  });
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);
