import { expect, test } from 'vitest';
import { Recall } from '../../src/webhook/recall.ts';
import { MemoryStore } from '../../src/store/memory.ts';

test('the latest requests are known, those before them are forgotten, and memory stays bounded', async () => {
  const store = new MemoryStore();
  const meet = async (digest: number): Promise<boolean> => {
    const work = store.begin();
    const known = new Recall('kubernetes_audit', 10).meet(work, String(digest));
    await work.commit();
    return known;
  };
  const rows = (): number =>
    store.tables('recall/').reduce((sum, table) => sum + store.scan(table).length, 0);
  for (let digest = 0; digest < 100; digest++) {
    expect(await meet(digest)).toBe(false);
    for (const before of [digest, digest - 5, digest - 9]) {
      if (before >= 0) expect(await meet(before), `${before} after ${digest}`).toBe(true);
    }
    expect(rows()).toBeLessThanOrEqual(20);
  }
  expect(await meet(0)).toBe(false);
});
