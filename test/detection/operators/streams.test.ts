import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  leastClock,
  Streams,
  type Laggard,
  type StreamRow,
} from '../../../src/detection/operators/streams.ts';
import { Watermark } from '../../../src/detection/operators/watermark.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import type { State } from '../../../src/store/store.ts';

const component = 'detection';
const row = (clock: bigint | undefined): StreamRow => ({ clock, block: 0, pending: clock, seen: 0n });

/** How many of the times in the test it has passed. */
function passedOf(watermark: Watermark): number {
  let time = 0n;
  while (time <= 40n && watermark.passed(time)) time++;
  return Number(time);
}

describe('the slowest of the other streams', () => {
  test('is none if there is no other', () => {
    const state = new MemoryStore().begin();
    const streams = new Streams(state, component, { stream: undefined });
    streams.put('a', row(5n));
    expect(streams.slowest('a', new Watermark(state, component))).toBeUndefined();
  });

  test('is one without a clock before all that have one', () => {
    const state = new MemoryStore().begin();
    const streams = new Streams(state, component, { stream: undefined });
    for (const [stream, clock] of [
      ['a', 5n],
      ['b', undefined],
      ['c', 3n],
    ] as const)
      streams.put(stream, row(clock));
    expect(streams.slowest('a', new Watermark(state, component))?.clock).toBeUndefined();
    streams.drop('b');
    expect(streams.slowest('a', new Watermark(state, component))?.clock).toBe(3n);
  });

  test('is found without a look at the others while the same one holds the watermark', () => {
    const state = new MemoryStore().begin();
    let looks = 0;
    const counted: State = {
      get: (table, key) => state.get(table, key),
      put: (table, key, value) => state.put(table, key, value),
      delete: (table, key) => state.delete(table, key),
      keys: (table) => state.keys(table),
      count: (table) => state.count(table),
      weight: 0,
      tables: (path) => state.tables(path),
      scan(table) {
        looks++;
        return state.scan(table);
      },
    };
    const streams = new Streams(counted, component, { stream: undefined });
    const watermark = new Watermark(state, component);
    streams.put('slow', row(1n));
    watermark.raise(1n);
    for (let stream = 0; stream < 100; stream++) {
      expect(streams.slowest(`s${stream}`, watermark)?.clock).toBe(1n);
      streams.put(`s${stream}`, row(10n + BigInt(stream)));
    }
    expect(looks).toBe(1);
    streams.put('slow', row(50n));
    expect(streams.slowest('slow', watermark)?.clock).toBe(10n);
  });

  test('lets the watermark rise as a look at all of them does, whatever happens to them', async () => {
    const step = fc.record({
      stream: fc.constantFrom('a', 'b', 'c', 'd'),
      clock: fc.option(fc.bigInt(0n, 40n), { nil: undefined }),
      what: fc.constantFrom('put', 'put', 'put', 'drop'),
      isRolledBack: fc.boolean(),
    });
    let raised = 0;
    let held = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const store = new MemoryStore();
        const laggard: Laggard = { stream: undefined };
        for (const { stream, clock, what, isRolledBack } of steps) {
          const state = store.begin();
          const streams = new Streams(state, component, laggard);
          const watermark = new Watermark(state, component);
          const naive = new Watermark(state, 'naive');
          const all = streams.all().filter(([other]) => other !== stream);
          const own = { clock };
          const slowest = streams.slowest(stream, watermark);
          naive.raise(leastClock([...all.map(([, other]) => other), own]));
          watermark.raise(leastClock([...(slowest === undefined ? [] : [slowest]), own]));
          expect(passedOf(watermark)).toBe(passedOf(naive));
          if (watermark.passed(1n)) raised++;
          else held++;
          if (what === 'put') streams.put(stream, row(clock));
          else streams.drop(stream);
          if (isRolledBack) state.rollback();
          else await state.commit();
        }
      }),
      { seed: 5, numRuns: 100 },
    );
    expect(raised).toBeGreaterThan(50);
    expect(held).toBeGreaterThan(50);
  });
});
