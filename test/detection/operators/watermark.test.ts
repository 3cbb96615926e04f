import { expect, test } from 'vitest';
import { Watermark } from '../../../src/detection/operators/watermark.ts';
import { MemoryStore } from '../../../src/store/memory.ts';

test('counts at once, and is in the state once it is saved', () => {
  const state = new MemoryStore().begin();
  const watermark = new Watermark(state, 'detection');
  watermark.raise(5n);
  watermark.raise(3n);
  expect([watermark.passed(5n), watermark.passed(6n)]).toEqual([true, false]);
  expect(new Watermark(state, 'detection').passed(5n)).toBe(false);
  watermark.save();
  expect(new Watermark(state, 'detection').passed(5n)).toBe(true);
  expect(new Watermark(state, 'detection').passed(6n)).toBe(false);
});

test('writes nothing if it did not move', () => {
  const state = new MemoryStore().begin();
  const watermark = new Watermark(state, 'detection');
  watermark.raise(undefined);
  watermark.save();
  expect(state.tables('detect/')).toEqual([]);
});
