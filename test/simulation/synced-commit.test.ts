import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { expect, test, vi } from 'vitest';
import { LevelStore } from '../../src/store/level.ts';

interface Writing {
  _batch(operations: unknown, options: unknown): Promise<void>;
}

// What the modelled disk takes for granted of the real store; that it is true of the kernel, the power-cut test shows.
test('every commit of the real store is synced before it counts', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'synced-commit-'));
  // All ways of writing end there.
  const batch = vi.spyOn(ClassicLevel.prototype as unknown as Writing, '_batch');
  try {
    const store = await LevelStore.open(directory);
    for (const value of ['one', 'two']) {
      const work = store.begin();
      work.put('table', 'key', value);
      await work.commit();
    }
    await store.close();
    expect(batch.mock.calls.length).toBeGreaterThanOrEqual(2);
    for (const [, options] of batch.mock.calls) expect(options).toMatchObject({ sync: true });
  } finally {
    batch.mockRestore();
    await rm(directory, { recursive: true });
  }
});
