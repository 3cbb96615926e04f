import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'riskpipe-level-'));
  const store = await LevelStore.open(directory);
  const work = store.begin();
  work.put('window/x', 'group', { count: 3 });
  work.put('window/x', 'other', { count: 4 });
  work.enqueue('outbox/debug', 'first');
  work.enqueue('outbox/debug', 'second');
  await work.commit();
  await store.close();
});
afterEach(() => rm(directory, { recursive: true }));

/** Does something to the rows behind the store's back. */
async function tamper(change: (db: ClassicLevel) => Promise<void>): Promise<void> {
  const db = new ClassicLevel(directory);
  await change(db);
  await db.close();
}

test('a directory that another instance has open is refused by name', async () => {
  const first = await LevelStore.open(directory);
  await expect(LevelStore.open(directory)).rejects.toMatchObject({
    reason: 'locked',
    message: `the store in ${directory} is in use by another riskpipe; give each instance its own directory`,
  });
  await first.close();
});

for (const area of ['s', 'm'] as const) {
  test(`a changed value in area "${area}" is found at start`, async () => {
    await tamper(async (db) => {
      const [row] = await db.iterator({ gte: area, limit: 1 }).all();
      const [key, value] = row ?? ['', ''];
      expect(key[0]).toBe(area);
      await db.put(
        key,
        value.replace(/.$/, (last) => (last === '}' ? ']' : '}')),
      );
    });
    await expect(LevelStore.open(directory)).rejects.toMatchObject({ reason: 'corrupt' });
  });
}

test('a changed row of a queue is found when it is read, and says which', async () => {
  await tamper(async (db) => {
    const [row] = await db.iterator({ gte: 'q', limit: 1 }).all();
    await db.put(row?.[0] ?? '', `${row?.[1] ?? ''} `);
  });
  const store = await LevelStore.open(directory);
  await expect(store.peek('outbox/debug', 0, 9)).rejects.toThrow('outbox/debug');
  await store.close();
});

for (const area of ['s', 'q'] as const) {
  test(`a lost key in area "${area}" is found at start`, async () => {
    await tamper(async (db) => {
      const [key] = await db.keys({ gte: area, limit: 1 }).all();
      await db.del(key ?? '');
    });
    await expect(LevelStore.open(directory)).rejects.toThrow(/1 rows found, 2 recorded/);
  });
}

test('a store of a newer schema is refused, not read', async () => {
  const { sealed } = await import('../../src/store/level-row.ts');
  await tamper((db) => db.put('m', sealed('m', { schema: 2, rows: {} })));
  await expect(LevelStore.open(directory)).rejects.toThrow('schema 2, and this version reads schema 1');
});
