import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BatchMemory } from '../../src/record/batch-memory.ts';

const holdsOnly = (memory: BatchMemory, offset: number, bytes: number, value: number): boolean =>
  memory.bytes.subarray(offset, offset + bytes).every((byte) => byte === value);

test('what is reserved is aligned, zero, and nobody else’s', () => {
  const memory = new BatchMemory(100_000);
  const first = memory.reserve(10, 1);
  const page = memory.reserve(4_096, 4_096);
  const behind = memory.reserve(8, 8);
  expect(first).toBeGreaterThan(0);
  expect(page % 4_096).toBe(0);
  expect(page).toBeGreaterThanOrEqual(first + 10);
  expect(behind < page ? behind + 8 <= page && behind >= first + 10 : behind >= page + 4_096).toBe(true);
  expect(holdsOnly(memory, page, 4_096, 0)).toBe(true);
});

test('it has whole pages, and both views show the same bytes', () => {
  const memory = new BatchMemory(65_537);
  expect(memory.bytes.length).toBe(131_072);
  memory.bytes[5] = 65;
  expect(memory.buffer.toString('latin1', 5, 6)).toBe('A');
  expect(memory.buffer.buffer).toBe(memory.memory.buffer);
});

test('more than there is cannot be reserved', () => {
  const memory = new BatchMemory(65_536);
  const { length } = memory.largest(1);
  expect(() => memory.reserve(length + 1, 1)).toThrow('do not fit');
  expect(memory.largest(1).length).toBe(length);
  memory.reserve(length, 1);
  expect(memory.largest(1).length).toBe(0);
});

test('what is released is zero, and there for others; what lies behind it stays', () => {
  const memory = new BatchMemory(65_536);
  const { length } = memory.largest(16);
  const first = memory.reserve(1_000, 16);
  const second = memory.reserve(500, 16);
  memory.bytes.fill(7, first, first + 1_000).fill(8, second, second + 500);
  memory.release(first);
  expect(holdsOnly(memory, first, second - first, 0)).toBe(true);
  expect(memory.bytes[second]).toBe(8);
  expect(memory.reserve(1_100, 16)).toBeGreaterThan(second);
  expect(memory.reserve(1_000, 16)).toBe(first);
  expect(memory.largest(16).length).toBeLessThan(length - 2_500);
});

test('whatever is reserved and released, no two have a byte in common, and in the end all is free', () => {
  let reserved = 0;
  let refused = 0;
  const step = fc.record({ bytes: fc.integer({ min: 1, max: 9_000 }), releases: fc.nat(4), from: fc.nat() });
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 10, maxLength: 60 }),
      fc.constantFrom(1, 16, 4_096),
      (steps, alignment) => {
        const memory = new BatchMemory(65_536);
        const all = memory.largest(1);
        const held: { readonly offset: number; readonly bytes: number; readonly mark: number }[] = [];
        const release = (index: number): void => {
          const [one] = held.splice(index, 1);
          if (one === undefined) return;
          expect(holdsOnly(memory, one.offset, one.bytes, one.mark)).toBe(true);
          memory.release(one.offset);
        };
        for (const [index, { bytes, releases, from }] of steps.entries()) {
          if (memory.largest(alignment).length < bytes) refused++;
          else {
            const offset = memory.reserve(bytes, alignment);
            const mark = (index % 255) + 1;
            reserved++;
            expect(offset % alignment).toBe(0);
            expect(holdsOnly(memory, offset, bytes, 0)).toBe(true);
            memory.bytes.fill(mark, offset, offset + bytes);
            held.push({ offset, bytes, mark });
          }
          if (releases === 0 && held.length > 0) release(from % held.length);
        }
        while (held.length > 0) release(0);
        expect(memory.largest(1)).toEqual(all);
      },
    ),
    { seed: 61, numRuns: 100 },
  );
  expect(reserved).toBeGreaterThan(500);
  expect(refused).toBeGreaterThan(100);
});
