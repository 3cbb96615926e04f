import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';
import { MountSpace } from '../chaos/mount-space.ts';
import { ownMounts } from '../chaos/needs.ts';

const lacking = ownMounts();
/** Why it is skipped, if it is, for who reads the names of tests. */
const skipped = lacking === undefined ? '' : ` (${lacking})`;

/** A directory on a disk of 6 MiB of its own, and a file on it that takes what is left. */
async function smallDisk(): Promise<{
  readonly directory: string;
  fill(name?: string): void;
  empty(): void;
}> {
  const parent = mkdtempSync(join(tmpdir(), 'riskpipe-full-'));
  const space = await MountSpace.enter(join(parent, 'disk'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  space.mountMemory('size=6m');
  const directory = space.seenFromOutside;
  return {
    directory,
    fill: (name = 'foreign') => fillWith(join(directory, name)),
    empty: () => rmSync(join(directory, 'foreign')),
  };
}

function fillWith(path: string): void {
  const file = openSync(path, 'w');
  for (let piece = Buffer.alloc(2 ** 16); piece.length > 0;) {
    try {
      writeSync(file, piece);
    } catch {
      piece = piece.subarray(0, piece.length >> 1);
    }
  }
  closeSync(file);
}

async function add(store: LevelStore, index: number): Promise<void> {
  const work = store.begin();
  work.put('position', 'file', index);
  work.enqueue('outbox/x', `record ${index} ${'x'.repeat(4_000)}`);
  await work.commit();
}

/** What a store of `added` records holds. */
const contentOf = (added: number): unknown => [added, added === 0 ? undefined : added - 1];

for (const [when, delayMs] of [
  ['at once', 0],
  ['a moment later', 300],
] as const) {
  test.skipIf(lacking !== undefined)(
    `a store whose disk is full goes on when there is room ${when}, and a commit that failed left nothing${skipped}`,
    async () => {
      const disk = await smallDisk();
      let asked = 0;
      const makeRoom = (): void => {
        asked++;
        if (delayMs === 0) disk.empty();
        else setTimeout(() => disk.empty(), delayMs);
      };
      let store = await LevelStore.open(disk.directory, { makeRoom });
      let added = 0;
      for (let round = 1; round <= 6; round++) {
        disk.fill();
        while (asked < round) {
          await add(store, added).then(
            () => added++,
            (error: unknown) => expect(error).toMatchObject({ reason: 'full' }),
          );
          expect([store.length('outbox/x'), store.get('position', 'file')]).toEqual(contentOf(added));
        }
        await add(store, added++);
      }
      await store.close();
      store = await LevelStore.open(disk.directory);
      const rows = await store.peek('outbox/x', 0, 10_000);
      expect(rows.map(({ value }) => Number(value.split(' ')[1]))).toEqual([...Array(added).keys()]);
      expect([store.length('outbox/x'), store.get('position', 'file')]).toEqual(contentOf(added));
      await store.close();
    },
  );
}

test.skipIf(lacking !== undefined)(
  `a disk that was filled by a table which was never finished has room again${skipped}`,
  async () => {
    const disk = await smallDisk();
    const store = await LevelStore.open(disk.directory);
    let added = 0;
    for (let round = 0; round < 3; round++) {
      for (let index = 0; index < 50; index++) await add(store, added++);
      disk.fill('900000.ldb');
      const refused = await add(store, added).then(
        () => added++ < 0,
        (error: unknown) => expect(error).toMatchObject({ reason: 'full' }) === undefined,
      );
      if (!refused) continue;
      await add(store, added++);
      expect([store.length('outbox/x'), store.get('position', 'file')]).toEqual(contentOf(added));
    }
    await store.close();
  },
);

test.skipIf(lacking !== undefined)(
  `a store that cannot even be opened anew waits for room, and no longer once it is hurried${skipped}`,
  async () => {
    const disk = await smallDisk();
    let isFull = (): void => {};
    const filled = new Promise<void>((resolve) => (isFull = resolve));
    const store = await LevelStore.open(disk.directory, { makeRoom: () => isFull() });
    await add(store, 0);
    disk.fill();
    const adding = (async () => {
      for (let index = 1; ; index++) await add(store, index);
    })().catch((error: unknown) => error);
    await filled;
    store.hurry();
    expect(await adding).toMatchObject({ reason: 'full' });
    await expect(add(store, 1_000)).rejects.toMatchObject({ reason: 'full' });
    await store.close();
  },
);
