import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareUtf8 } from '../../../src/detection/operators/compare-utf8.ts';

test('texts are in the order of their UTF-8 bytes', () => {
  const outcomes = { less: 0, more: 0, equal: 0, unlike: 0 };
  const text = fc.array(fc.constantFrom('', 'a', 'b', 'é', '\ud7ff', '\uff5e', '\u{1f600}', '\u{10ffff}'), {
    maxLength: 4,
  });
  fc.assert(
    fc.property(text, text, (left, right) => {
      const [a, b] = [left.join(''), right.join('')];
      const expected = Buffer.compare(Buffer.from(a), Buffer.from(b));
      expect(Math.sign(compareUtf8(a, b))).toBe(expected);
      outcomes[expected < 0 ? 'less' : expected > 0 ? 'more' : 'equal']++;
      if (Math.sign(Number(a > b) - Number(a < b)) !== expected) outcomes.unlike++;
    }),
    { seed: 46, numRuns: 2_000 },
  );
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(10);
});
