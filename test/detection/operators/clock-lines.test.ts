import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockBlock, clockLines } from '../../../src/detection/operators/clock-lines.ts';
import { lineSpans } from '../../../src/record/line-batch.ts';

/** The last line of each block, by a look at every line. */
function byLine(bytes: Buffer, start: number): readonly number[] {
  const last = new Map<number, readonly number[]>();
  const spans = lineSpans(bytes);
  for (let index = 0; index < spans.length; index += 2) {
    const [from = 0, to = 0] = spans.slice(index, index + 2);
    last.set(Math.floor((start + bytes.indexOf(10, to)) / clockBlock), [from, to]);
  }
  return [...last.values()].flat();
}

test('they are the last lines of the blocks, wherever lines end', () => {
  let several = 0;
  let none = 0;
  const line = fc.oneof(
    { arbitrary: fc.nat(40_000).map((length) => 'x'.repeat(length)), weight: 6 },
    fc.nat(200_000).map((length) => 'x'.repeat(length)),
    fc.constantFrom('', '\r', ' \t', 'a\r'),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 15 }), fc.nat(200_000), fc.nat(3), (lines, start, snap) => {
      const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''));
      // Some begin just where a block does, or by a byte before.
      const from = snap === 0 ? start : Math.max(0, Math.round(start / clockBlock) * clockBlock - (snap - 1));
      const found = clockLines(bytes, from);
      several += Number(found.length > 2);
      none += Number(found.length === 0);
      expect(found).toEqual(byLine(bytes, from));
    }),
    { seed: 51, numRuns: 300 },
  );
  expect(several).toBeGreaterThan(100);
  expect(none).toBeGreaterThan(5);
});

test('a line that ends with the last byte of a block is of that block', () => {
  const bytes = Buffer.from(`${'a'.repeat(clockBlock - 1)}\nb\n`);
  expect(clockLines(bytes, 0)).toEqual([0, clockBlock - 1, clockBlock, clockBlock + 1]);
  expect(clockLines(bytes, 1)).toEqual([clockBlock, clockBlock + 1]);
});
