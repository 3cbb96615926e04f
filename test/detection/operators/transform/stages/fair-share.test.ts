import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairShare } from '../../../../../src/detection/operators/transform/stages/fair-share.ts';

for (const [sizes, most, expected] of [
  [[], 10, 10],
  [[3, 4], 10, 10],
  [[3, 40], 10, 7],
  [[40, 3, 40], 10, 3],
  [[40, 1, 40], 10, 4],
  [[5, 5, 5], 2, 1],
] as const) {
  test(`lists of ${sizes.join(', ')} share ${most}: ${expected} each`, () => {
    expect(fairShare(sizes, most)).toBe(expected);
  });
}

test('is the largest share that fits, if one each fits', () => {
  let scarce = 0;
  fc.assert(
    fc.property(
      fc.array(fc.nat(30), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 8, max: 100 }),
      (sizes, most) => {
        const given = (share: number): number => sizes.reduce((sum, size) => sum + Math.min(size, share), 0);
        const share = fairShare(sizes, most);
        expect(given(share)).toBeLessThanOrEqual(most);
        if (given(Number.POSITIVE_INFINITY) > most) {
          scarce++;
          expect(given(share + 1)).toBeGreaterThan(most);
        }
      },
    ),
    { seed: 7, numRuns: 500 },
  );
  expect(scarce).toBeGreaterThan(100);
});
