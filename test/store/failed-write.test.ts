import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Census } from '../../src/store/census.ts';
import { LeanLevel, type Operation } from '../../src/store/lean-level.ts';
import { LevelStore } from '../../src/store/level.ts';
import { sealedMeta } from '../../src/store/level-load.ts';
import { metaKey } from '../../src/store/level-row.ts';

afterEach(() => void vi.restoreAllMocks());

/** A store with one commit in it. */
async function newStore(): Promise<LevelStore> {
  const directory = mkdtempSync(join(tmpdir(), 'riskpipe-write-'));
  const store = await LevelStore.open(directory);
  onTestFinished(async () => {
    await store.close();
    rmSync(directory, { recursive: true });
  });
  await put(store, 1);
  return store;
}

async function put(store: LevelStore, value: number): Promise<void> {
  const work = store.begin();
  work.put('position', 'file', value);
  await work.commit();
}

/** The next write fails so, and only that: what LevelDB itself does of later ones is left out. */
function failNext(
  message: string,
  written: (operations: readonly Operation[]) => readonly Operation[],
): void {
  vi.spyOn(LeanLevel.prototype, 'write').mockImplementationOnce(async function (this: LeanLevel, operations) {
    // By now it is the real one again.
    await this.write(written(operations));
    throw new Error(message);
  });
}

const noSpace = 'IO error: No space left on device';

test('for want of space, with nothing on the disk: the commit left nothing, and the next one is taken', async () => {
  const store = await newStore();
  failNext(noSpace, () => []);
  await expect(put(store, 2)).rejects.toMatchObject({ reason: 'full' });
  expect(store.get('position', 'file')).toBe(1);
  await put(store, 3);
  expect(store.get('position', 'file')).toBe(3);
});

test('for want of space, with all of it on the disk all the same: the commit counts', async () => {
  const store = await newStore();
  failNext(noSpace, (operations) => operations);
  await put(store, 2);
  expect(store.get('position', 'file')).toBe(2);
});

for (const [what, message, written, reason] of [
  ['for want of space, with a commit on the disk that nobody made', noSpace, [7], 'ends with commit 7'],
  ['for another reason', 'IO error: Input/output error', [], 'could not write to the store: IO error'],
] as const) {
  test(`${what}: no later commit is taken, even if LevelDB would`, async () => {
    const store = await newStore();
    const metas = written.map((commit) => sealedMeta(new Census(), commit));
    failNext(message, () => metas.map((value) => ({ type: 'put', key: metaKey, value })));
    for (const value of [2, 3]) {
      const error: unknown = await put(store, value).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ reason: 'unusable', message: expect.stringContaining(reason) });
      expect(store.get('position', 'file')).toBe(1);
    }
  });
}
