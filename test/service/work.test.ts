import { expect, test } from 'vitest';
import { fromMillis } from '../../src/record/time.ts';
import { WorkRunner } from '../../src/service/work.ts';
import { MemoryStore } from '../../src/store/memory.ts';

const runner = (): { store: MemoryStore; runner: WorkRunner } => {
  const store = new MemoryStore();
  return { store, runner: new WorkRunner(store, () => fromMillis(1_000)) };
};

test('what a unit of work did is committed together, and its effects run after that', async () => {
  const { store, runner: work } = runner();
  const seen: unknown[] = [];
  const result = await work.run(async ({ state, now, afterCommit }) => {
    afterCommit(() => seen.push(store.get('t', 'k'), store.length('q')));
    state.put('t', 'k', now.toString());
    state.enqueue('q', 'row');
    return 'done';
  });
  expect([result, ...seen]).toEqual(['done', '1000000000', 1]);
});

test('a unit of work that fails leaves nothing behind, runs no effect, and tells its caller', async () => {
  const { store, runner: work } = runner();
  let effects = 0;
  const failing = work.run(async ({ state, afterCommit }) => {
    state.put('t', 'k', 1);
    afterCommit(() => effects++);
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  expect([store.get('t', 'k'), effects]).toEqual([undefined, 0]);
});

test('units of work run one at a time in the order asked for, a failed one too', async () => {
  const { runner: work } = runner();
  const order: string[] = [];
  const one = (name: string, fail = false) =>
    work.run(async () => {
      order.push(`${name} begins`);
      await Promise.resolve();
      order.push(`${name} ends`);
      if (fail) throw new Error(name);
    });
  await Promise.allSettled([one('a', true), one('b'), one('c')]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
