import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KernelBench } from './kernel-bench.ts';

const bench = new KernelBench();

/** Behind the bracket that closes what is open before `text`, byte by byte; undefined if nothing does. */
function naiveEnd(text: string): number | undefined {
  let depth = 1;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if ('{['.includes(char)) depth++;
    else if ('}]'.includes(char) && --depth === 0) return at + 1;
  }
  return undefined;
}

const json = fc.json({ maxDepth: 6, noUnicodeString: false });
// Backslashes stand in strings only: elsewhere they are no JSON, and then any answer will do.
const inString = fc.string({
  unit: fc.constantFrom('{', '}', '[', ']', '\\', '"', 'a', ' '),
  maxLength: 200,
});
const pieces = fc
  .array(
    fc.oneof(
      inString.map((text) => JSON.stringify(text)),
      fc.constantFrom('{', '}', '[', ']', ',', ' '),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));

test('a container ends where a naive look finds it', () => {
  const seen = { ends: 0, open: 0 };
  fc.assert(
    fc.property(fc.oneof(json, pieces), fc.integer({ min: 0, max: 63 }), (text, shift) => {
      // Behind the end there may be more of the line.
      const latin = Buffer.from(`${text}]}`.replace(/[^\0-\xff]/gu, '?'), 'latin1');
      bench.put(latin, shift);
      const end = naiveEnd(latin.toString('latin1'));
      expect(bench.at(bench.call('containerEnd', bench.start, bench.end))).toBe(end);
      bench.put(latin.subarray(0, -2), shift);
      const cut = naiveEnd(latin.subarray(0, -2).toString('latin1'));
      expect(bench.at(bench.call('containerEnd', bench.start, bench.end))).toBe(cut);
      if (cut === undefined) seen.open++;
      else seen.ends++;
    }),
    { seed: 2, numRuns: 5_000 },
  );
  expect(Math.min(seen.ends, seen.open)).toBeGreaterThan(100);
});

test('runs of backslashes of every length end in the right place, at every offset', () => {
  for (let length = 0; length < 140; length++) {
    const text = `"${'\\\\'.repeat(length >> 1)}${length % 2 === 1 ? '\\"' : ''}" }x`;
    for (const shift of [0, 1, 31, 62, 63]) {
      bench.put(text, shift);
      expect(bench.at(bench.call('containerEnd', bench.start, bench.end))).toBe(text.length - 1);
    }
  }
});
