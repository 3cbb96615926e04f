import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KernelBench } from './kernel-bench.ts';

const bench = new KernelBench();

function marksOf(text: string, shift: number, look: () => void): readonly number[] {
  bench.put(Buffer.from(text, 'latin1'), shift);
  bench.call('beginMarks', bench.start, bench.end);
  look();
  return bench.marks();
}

const blocksOf = (positions: Iterable<number>): readonly number[] => [
  ...new Set(Array.from(positions, (at) => at >> 6)),
];

test('a literal is marked wherever it stands, in any case', () => {
  let found = 0;
  const text = fc.array(fc.constantFrom('x', 'Pu', 'LL', 'pull', 'PULL', ' iMage', 'image', 'l'.repeat(40)), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(
      text,
      fc.integer({ min: 0, max: 63 }),
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
      (parts, shift, a, b) => {
        const joined = parts.join('');
        const literal = bench.literal('pull image', a, b);
        const expected = blocksOf(Array.from(joined.matchAll(/pull image/gi), ({ index }) => index));
        const marks = marksOf(joined, shift, () =>
          bench.call('markLiteral', bench.start, bench.end, literal),
        );
        expect(marks).toEqual(expected);
        if (expected.length > 0) found++;
      },
    ),
    { seed: 6, numRuns: 1_000 },
  );
  expect(found).toBeGreaterThan(50);
});

describe('an escape that a literal could hide behind is', () => {
  for (const [text, marked] of [
    [String.raw`\u0050ull`, true],
    [String.raw`\u007e`, true],
    [String.raw`\u007E`, true],
    [String.raw`\u007f`, false],
    [String.raw`\u001f`, false],
    [String.raw`\u0020`, true],
    [String.raw`\u003c\u003E\u0026\u0022\u005c`, false],
    [String.raw`\u00e9\u2028\ud83d`, false],
    [String.raw`evil\/tool`, true],
    [String.raw`\\u0050`, false],
    [String.raw`\\\u0050`, true],
    [String.raw`\\/`, false],
    [String.raw`\"\\\b\f\n\r\t`, false],
    ['plain /u0050', false],
  ] as const) {
    test(`${text}${marked ? '' : ' not'}`, () => {
      for (let shift = 0; shift < 64; shift += 7) {
        const padded = `{${'.'.repeat(shift)}${text}\n`;
        const marks = marksOf(padded, 0, () => bench.call('frameLines', bench.start, bench.end));
        expect(marks.length > 0).toBe(marked);
      }
    });
  }
});

test('an escape behind the last line is not looked at', () => {
  const [line, behind] = ['{"a":"b"}\n', String.raw`\u0050`];
  const marksUntil = (end: number): readonly number[] =>
    marksOf(`${line}${behind}`, 5, () => bench.call('frameLines', bench.start, bench.start + end));
  expect(marksUntil(line.length)).toEqual([]);
  expect(marksUntil(line.length + 1)).toEqual([0]);
});

test('lines with marks are found, and none before its first byte', () => {
  const text = `${'a'.repeat(100)}\n${'b'.repeat(10)}\n${'c'.repeat(300)}\n${'d'.repeat(5)}\n`;
  const starts = [0, 101, 112, 413];
  bench.put(text);
  const next = (from: number): number =>
    bench.call('nextMarked', bench.start + from, bench.end) - bench.start;
  bench.call('beginMarks', bench.start, bench.end);
  expect(next(0)).toBe(text.length);
  bench.call('mark', bench.start + 400);
  expect(next(0)).toBe(112);
  expect(next(112)).toBe(112);
  // It shares its 64 bytes with the marked ones: that is for the walk to find out.
  expect(next(413)).toBe(413);
  bench.call('mark', bench.start);
  expect(starts.map((start) => bench.call('isMarked', bench.start + start, bench.start + start + 4))).toEqual(
    [1, 0, 0, 1],
  );
});
