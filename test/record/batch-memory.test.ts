import { expect, test } from 'vitest';
import { BatchMemory } from '../../src/record/batch-memory.ts';

test('what is reserved is aligned, zero, and nobody else’s', () => {
  const memory = new BatchMemory(100_000);
  const first = memory.reserve(10, 1);
  const page = memory.reserve(4_096, 4_096);
  const behind = memory.reserve(8, 8);
  expect(first).toBeGreaterThan(0);
  expect(page % 4_096).toBe(0);
  expect(page).toBeGreaterThanOrEqual(first + 10);
  expect(behind).toBeGreaterThanOrEqual(page + 4_096);
  expect(memory.bytes.subarray(page, page + 4_096).every((byte) => byte === 0)).toBe(true);
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
  const { left } = memory;
  expect(() => memory.reserve(left + 1, 1)).toThrow('do not fit');
  expect(memory.left).toBe(left);
  memory.reserve(left, 1);
  expect(memory.left).toBe(0);
});
