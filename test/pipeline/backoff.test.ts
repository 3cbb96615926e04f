import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Backoff } from '../../src/pipeline/backoff.ts';

const settings = { initialMs: 5_000, multiplier: 1.5, randomization: 0, maxMs: 30_000 };

test('waits grow by the multiplier up to the longest', () => {
  const backoff = new Backoff(settings);
  expect(Array.from({ length: 7 }, () => backoff.next())).toEqual([
    5_000, 7_500, 11_250, 16_875, 25_313, 30_000, 30_000,
  ]);
});

test('a success begins anew', () => {
  const backoff = new Backoff(settings);
  backoff.next();
  backoff.next();
  expect(backoff.attempts).toBe(2);
  backoff.reset();
  expect(backoff.attempts).toBe(0);
  expect(backoff.next()).toBe(5_000);
});

test('chance moves a wait by no more than it is told to', () => {
  const share = fc.nat(99).map((hundredths) => hundredths / 100);
  let shorter = 0;
  let longer = 0;
  fc.assert(
    fc.property(share, share, fc.nat(2_000), (randomization, random, failures) => {
      const backoff = new Backoff({ ...settings, randomization }, () => random);
      const plain = new Backoff(settings);
      for (let failure = 0; failure < failures; failure++) {
        backoff.next();
        plain.next();
      }
      const wanted = plain.next();
      const wait = backoff.next();
      if (wait < wanted) shorter++;
      if (wait > wanted) longer++;
      expect(Math.abs(wait - wanted)).toBeLessThanOrEqual(wanted * randomization + 1);
    }),
    { seed: 8, numRuns: 100 },
  );
  expect(Math.min(shorter, longer)).toBeGreaterThan(5);
});
