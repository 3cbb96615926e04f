import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KernelBench } from './kernel-bench.ts';

const bench = new KernelBench();

/** What a byte-by-byte look for the closing quote finds. */
function naiveEnd(text: string): number | undefined {
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') return at;
    if (text[at] === '\\') at++;
  }
  return undefined;
}

const shift = fc.integer({ min: 0, max: 63 });
const inString = fc.string({ unit: fc.constantFrom('a', '\\', '"', 'é', '\n', ' '), maxLength: 80 });

test('the end of a string is where a naive look finds it, whatever follows', () => {
  const seen = { ends: 0, open: 0 };
  fc.assert(
    fc.property(inString, shift, (text, by) => {
      const latin = Buffer.from(text, 'latin1');
      bench.put(latin, by);
      const end = naiveEnd(text);
      expect(bench.at(bench.call('stringEnd', bench.start, bench.end))).toBe(end);
      if (end === undefined) seen.open++;
      else seen.ends++;
    }),
    { seed: 1, numRuns: 5_000 },
  );
  expect(Math.min(seen.ends, seen.open)).toBeGreaterThan(100);
});

describe('what an escape may hide in', () => {
  for (const [text, hides] of [
    ['plain', false],
    [String.raw`a\"b\\c\n`, false],
    [String.raw`a\u0041`, true],
    [String.raw`a\/b`, true],
    [String.raw`a\\u0041`, false],
    [String.raw`a\\\u0041`, true],
    ['', false],
  ] as const) {
    test(`"${text}"`, () => {
      bench.put(text);
      expect(bench.call('hidesCharacters', bench.start, bench.end)).toBe(hides ? 1 : 0);
    });
  }
});
