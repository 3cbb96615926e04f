import {
  appendFileSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';
import { sealed } from '../../src/store/level-row.ts';

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

test('a directory that another instance has open is refused, with the process that has it', async () => {
  const first = await LevelStore.open(directory);
  await expect(LevelStore.open(directory)).rejects.toMatchObject({
    reason: 'locked',
    message: expect.stringMatching(
      new RegExp(
        `^the store in ${directory} is in use by another riskpipe \\(process ${process.pid} on .+, since 2.+Z\\); ` +
          'give each instance its own directory$',
      ),
    ),
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
  await tamper((db) => db.put('m', sealed('m', JSON.stringify({ schema: 2, rows: {} }))));
  await expect(LevelStore.open(directory)).rejects.toThrow(
    'schema 2, and this version reads schema 1; it was written by a newer version',
  );
});

/** Makes `commits` commits of a kilobyte each, one row and one queued record a time. */
async function commit(commits: number): Promise<void> {
  const store = await LevelStore.open(directory);
  for (let index = 0; index < commits; index++) {
    const work = store.begin();
    work.put('position', 'file', { index, filler: 'x'.repeat(1_000) });
    work.enqueue('outbox/debug', `record ${index}`);
    await work.commit();
  }
  await store.close();
}

const logFile = (): string => {
  const name = readdirSync(directory).find((found) => found.endsWith('.log'));
  return join(directory, name ?? 'no log');
};

test('an end that a crash has torn is left out, for nobody was told of it', async () => {
  await commit(3);
  const whole = readFileSync(logFile());
  const store = await LevelStore.open(directory);
  await store.close();
  // Half of a further commit.
  appendFileSync(logFile(), whole.subarray(0, 500));
  const again = await LevelStore.open(directory);
  expect(again.get('position', 'file')).toMatchObject({ index: 2 });
  await again.close();
  expect(readdirSync(directory).filter((name) => name.endsWith('.torn'))).toEqual([]);
});

test('a cut that takes a commit away is found, and what is left of it is kept', async () => {
  await commit(3);
  const log = logFile();
  truncateSync(log, readFileSync(log).length - 1);
  await expect(LevelStore.open(directory)).rejects.toMatchObject({
    reason: 'corrupt',
    message: expect.stringMatching(
      /it ends with commit 3, and commit 4 was made; the damaged log is kept as \d+\.log\.torn$/,
    ),
  });
  // It stays so.
  await expect(LevelStore.open(directory)).rejects.toMatchObject({ reason: 'corrupt' });
});

test('a log that was emptied or deleted is found', async () => {
  await commit(3);
  truncateSync(logFile(), 0);
  await expect(LevelStore.open(directory)).rejects.toThrow('it ends with commit 1, and commit 4 was made');
});

test('a store without its files is not taken for a new one', async () => {
  await commit(1);
  for (const name of readdirSync(directory)) {
    if (/^(CURRENT|MANIFEST.*|.*\.log|.*\.ldb)$/.test(name)) rmSync(join(directory, name));
  }
  await expect(LevelStore.open(directory)).rejects.toThrow('2 commits were made, and no file is left');
});

for (const [name, content] of [
  ['empty', ''],
  ['of other text', 'not a number\n'],
  ['behind', '0000000000000001 00000000\n'],
] as const) {
  test(`a witness that is ${name} harms nothing`, async () => {
    await commit(2);
    writeFileSync(join(directory, 'COMMITTED'), content);
    await commit(1);
    const log = logFile();
    truncateSync(log, readFileSync(log).length - 1);
    await expect(LevelStore.open(directory)).rejects.toThrow(/and commit 4 was made/);
  });
}

test('what is damaged can be set aside for a new store', async () => {
  await commit(3);
  truncateSync(logFile(), 0);
  const damages: string[] = [];
  const store = await LevelStore.open(directory, {
    setAside: (damage) => {
      damages.push(damage.message);
      for (const name of readdirSync(directory)) {
        if (name !== 'lock' && name !== 'owner.json') rmSync(join(directory, name));
      }
    },
  });
  expect([store.get('position', 'file'), store.length('outbox/debug')]).toEqual([undefined, 0]);
  expect(damages).toHaveLength(1);
  await store.close();
});

test('a restricted store takes rows out of its queues and nothing else, until it no longer is', async () => {
  const store = await LevelStore.open(directory);
  store.restrict('the disk is full');
  const growing = store.begin();
  growing.put('window/x', 'new', 1);
  await expect(growing.commit()).rejects.toMatchObject({ reason: 'full', message: 'the disk is full' });
  const [first] = await store.peek('outbox/debug', 0, 1);
  const draining = store.begin();
  draining.dequeue('outbox/debug', first?.number ?? 0);
  draining.put('counter/debug', 'delivered', 1);
  await draining.commit();
  store.restrict(undefined);
  const work = store.begin();
  work.put('window/x', 'new', 1);
  await work.commit();
  expect([store.length('outbox/debug'), store.get('window/x', 'new')]).toEqual([1, 1]);
  await store.close();
});

test('what was delivered is really deleted: the directory does not grow with it', async () => {
  const store = await LevelStore.open(directory);
  const filler = 'x'.repeat(500);
  let largest = 0;
  for (let round = 0; round < 60; round++) {
    const work = store.begin();
    for (let row = 0; row < 500; row++)
      work.enqueue('outbox/x', `${round * 500 + row} ${Math.sqrt(row)} ${filler}`);
    await work.commit();
    const delivered = store.begin();
    for (const { number } of await store.peek('outbox/x', 0, 500)) delivered.dequeue('outbox/x', number);
    await delivered.commit();
    largest = Math.max(largest, sizeOf(directory));
  }
  // 16 MB have passed through it. LevelDB's log may hold 4 MB, the one before it as much until it is a table.
  expect(store.length('outbox/x')).toBe(0);
  expect(largest).toBeLessThan(12e6);
  await store.compact();
  await store.close();
  expect(sizeOf(directory)).toBeLessThan(1e6);
});

function sizeOf(place: string): number {
  const sizes = readdirSync(place).map(
    (name) => statSync(join(place, name), { throwIfNoEntry: false })?.size ?? 0,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
