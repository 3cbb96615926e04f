import fc from 'fast-check';
import { expect, test } from 'vitest';
import { counterLines } from '../../../../src/detection/scan/layout.ts';
import { lineSpans } from '../../../../src/record/line-batch.ts';
import { KernelBench } from './kernel-bench.ts';

const bench = new KernelBench();
const shift = fc.integer({ min: 0, max: 63 });
const line = fc.oneof(
  { weight: 3, arbitrary: fc.nat({ max: 150 }).map((length) => `{${'x'.repeat(length)}`) },
  fc.string({ unit: fc.constantFrom(' ', '\t', '\r', '\v', 'x'), maxLength: 4 }),
);
const lines = fc.array(line, { minLength: 1, maxLength: 12 }).map((items) => `${items.join('\n')}\n`);

test('the next newline, and the start of a line, are where a naive look finds them', () => {
  fc.assert(
    fc.property(lines, shift, fc.nat(), (text, by, somewhere) => {
      const at = somewhere % text.length;
      bench.put(text, by);
      expect(bench.at(bench.call('lineEnd', bench.start + at))).toBe(text.indexOf('\n', at));
      const start = bench.call('lineStart', bench.start + at, bench.start);
      expect(start - bench.start).toBe(at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test('lines are counted as the plain path counts them; those that begin with no brace are marked', () => {
  const seen = { blank: 0, marked: 0 };
  fc.assert(
    fc.property(lines, shift, (text, by) => {
      bench.put(text, by);
      bench.call('beginMarks', bench.start, bench.end);
      bench.call('frameLines', bench.start, bench.end);
      const spans = lineSpans(Buffer.from(text));
      expect(bench.take(counterLines)).toBe(spans.length / 2);
      const marked = new Set<number>();
      for (let at = 0; at < spans.length; at += 2) {
        const start = spans[at] ?? 0;
        if (text[start] !== '{') marked.add(start >> 6);
      }
      expect(bench.marks()).toEqual([...marked].sort((a, b) => a - b));
      if (marked.size > 0) seen.marked++;
      if (spans.length / 2 < text.split('\n').length - 1) seen.blank++;
    }),
    { seed: 4, numRuns: 2_000 },
  );
  expect(Math.min(seen.blank, seen.marked)).toBeGreaterThan(100);
});
