import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Ballast } from '../../../src/extensions/file-storage/ballast.ts';
import { freeBytes } from '../../../src/store/directory-space.ts';
import { SpaceGuard } from '../../../src/extensions/file-storage/space-guard.ts';
import { LevelStore } from '../../../src/store/level.ts';
import { MountSpace } from '../../chaos/mount-space.ts';
import { ownMounts } from '../../chaos/needs.ts';
import { RecordingLogger } from '../../recording-logger.ts';

/** A guarded store; `problems` is what it reported as its health, one after the other. */
async function scene(settings: { maxBytes?: number; ballastBytes?: number; directory?: string }) {
  const directory = settings.directory ?? mkdtempSync(join(tmpdir(), 'riskpipe-space-'));
  const ballast = new Ballast(join(directory, 'ballast'), settings.ballastBytes ?? 100_000);
  const log = new RecordingLogger();
  const guard = new SpaceGuard({
    id: 'file_storage',
    directory,
    maxBytes: settings.maxBytes ?? 2 ** 30,
    ballast,
    log,
  });
  const store = await LevelStore.open(directory, { makeRoom: () => guard.makeRoom() });
  const problems: (string | undefined)[] = [];
  guard.guard(store);
  guard.reportTo({ set: (_, problem) => problems.push(problem) });
  onTestFinished(async () => {
    await store.close();
    if (settings.directory === undefined) rmSync(directory, { recursive: true });
  });
  return { directory, guard, store, problems, log };
}

async function add(store: LevelStore, rows: number): Promise<void> {
  const work = store.begin();
  for (let row = 0; row < rows; row++) work.enqueue('outbox/x', randomBytes(500).toString('hex'));
  await work.commit();
}

test('the first look lays the ballast down', async () => {
  const { directory, guard, problems } = await scene({});
  await guard.look();
  expect(existsSync(join(directory, 'ballast'))).toBe(true);
  expect(problems.at(-1)).toBeUndefined();
});

test('a full disk releases the ballast and stops growth, until a look finds room', async () => {
  const { directory, guard, store, problems } = await scene({});
  await guard.look();
  guard.makeRoom();
  expect(existsSync(join(directory, 'ballast'))).toBe(false);
  expect(problems.at(-1)).toBe(
    `the disk of ${directory} is full; reading waits, delivery goes on until there is room`,
  );
  await expect(add(store, 1)).rejects.toMatchObject({ reason: 'full' });
  await guard.look();
  expect(existsSync(join(directory, 'ballast'))).toBe(true);
  expect(problems.at(-1)).toBeUndefined();
  await add(store, 1);
});

test('a ballast that never had room is said once and keeps nothing from going on', async () => {
  const { guard, store, log } = await scene({ ballastBytes: 1e15 });
  await guard.look();
  await guard.look();
  expect(log.lines).toHaveLength(1);
  expect(log.lines[0]).toMatch(/^warn: there is no room in .* for a ballast of 1000000.0 GB$/);
  guard.makeRoom();
  await guard.look();
  await add(store, 1);
});

test('a store over its quota stops growing; once it is delivered, its space is given back and it grows again', async () => {
  const { guard, store, problems } = await scene({ maxBytes: 200_000 });
  await add(store, 1_000);
  await guard.look();
  expect(problems.at(-1)).toMatch(/has reached its max_size of 200.0 kB; reading waits, delivery goes on$/);
  await expect(add(store, 1)).rejects.toMatchObject({ reason: 'full' });
  const draining = store.begin();
  for (const { number } of await store.peek('outbox/x', 0, 1_000)) draining.dequeue('outbox/x', number);
  await draining.commit();
  for (let look = 0; look < 11 && problems.at(-1) !== undefined; look++) await guard.look();
  expect(problems.at(-1)).toBeUndefined();
  await add(store, 1);
});

const lacking = ownMounts();

test.skipIf(lacking !== undefined)(
  `a disk that the store itself has filled has room again once all is delivered${lacking ? ` (${lacking})` : ''}`,
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'riskpipe-filled-'));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const space = await MountSpace.enter(join(parent, 'disk'));
    space.mountMemory('size=32m');
    const ballastBytes = 16 * 2 ** 20;
    const { guard, store, problems } = await scene({
      ballastBytes,
      directory: space.seenFromOutside,
    });
    await guard.look();
    // Until the disk is full and, the ballast given up, nothing more is taken.
    for (let more = true; more;)
      more = await add(store, 500).then(
        () => true,
        () => false,
      );
    for (let rows = await store.peek('outbox/x', 0, 500); rows.length > 0;) {
      const draining = store.begin();
      for (const { number } of rows) draining.dequeue('outbox/x', number);
      await draining.commit();
      rows = await store.peek('outbox/x', 0, 500);
    }
    // What is left is a little too little; in what was delivered there is more than enough.
    const free = await freeBytes(space.seenFromOutside);
    writeFileSync(join(space.seenFromOutside, 'foreign'), Buffer.alloc(free - ballastBytes));
    for (let look = 0; look < 12 && problems.at(-1) !== undefined; look++) await guard.look();
    expect(problems.at(-1)).toBeUndefined();
    await add(store, 1);
  },
);

test('only the files of the store count for its quota', async () => {
  const { directory, guard, problems } = await scene({ maxBytes: 200_000 });
  writeFileSync(join(directory, 'somebody-elses'), 'x'.repeat(300_000));
  await guard.look();
  expect(problems.at(-1)).toBeUndefined();
});
