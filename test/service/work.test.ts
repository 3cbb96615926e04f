import { describe, expect, test } from 'vitest';
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

test('what was put off to the end of a unit of work is committed with it, and fails it if it fails', async () => {
  const { store, runner: work } = runner();
  await work.run(async ({ state, beforeCommit }) => {
    beforeCommit(() => state.put('t', 'sum', Number(state.get('t', 'part')) + 1));
    state.put('t', 'part', 1);
  });
  expect(store.get('t', 'sum')).toBe(2);
  const failing = work.run(async ({ state, beforeCommit }) => {
    state.put('t', 'part', 5);
    beforeCommit(() => {
      throw new Error('no');
    });
  });
  await expect(failing).rejects.toThrow('no');
  expect(store.get('t', 'part')).toBe(1);
});

describe('a unit of work is full', () => {
  test.each([
    [49, 4_095, false],
    [50, 0, true],
    [0, 4_096, true],
  ])('after %i ms with %i queued records: %s', async (ms, records, expected) => {
    let time = 1_000;
    const work = new WorkRunner(
      new MemoryStore(),
      () => fromMillis(0),
      () => time,
    );
    await work.run(async ({ state, isFull }) => {
      expect(isFull()).toBe(false);
      time += ms;
      for (let record = 0; record < records; record++) state.enqueue(`q${record % 2}`, 'row');
      expect(isFull()).toBe(expected);
    });
    expect(await work.run(async ({ isFull }) => isFull())).toBe(false);
  });

  test('as soon as a consumer says so', async () => {
    const { runner: work } = runner();
    const seen = await work.run(async ({ isFull, fill }) => {
      const before = isFull();
      fill();
      return [before, isFull()];
    });
    expect(seen).toEqual([false, true]);
  });
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
