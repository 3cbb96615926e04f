import fc from 'fast-check';
import { expect, test } from 'vitest';
import { frames } from '../../../src/receivers/file-log/frames.ts';
import { firstLines, plainEnd } from '../../../src/receivers/file-log/plain-lines.ts';

for (const [what, text, expected] of [
  ['up to the last newline', 'a\nb\nc', 4],
  ['nothing, if no line is whole', 'abc', 0],
  ['blank lines as well', '\n \na\n', 5],
  ['a line of just the longest length', '0123456789\n', 11],
] as const) {
  test(`plain lines are ${what}`, () => expect(plainEnd(Buffer.from(text), 10)).toBe(expected));
}

for (const [what, text] of [
  ['with a NUL', 'a\n\0b\n'],
  ['with a NUL in what is not whole yet', 'a\nb\0'],
  ['with a line that is too long', 'a\n01234567890\nb\n'],
  ['whose last line is too long', 'a\n01234567890\n'],
] as const) {
  test(`bytes ${what} need a second look`, () => expect(plainEnd(Buffer.from(text), 10)).toBeUndefined());
}

test('of the first lines only those that are not blank count', () => {
  const bytes = Buffer.from('a\n\n \r\nb\nc\n');
  expect(firstLines(bytes, 1)).toEqual({ end: 2, size: 1 });
  expect(firstLines(bytes, 2)).toEqual({ end: 8, size: 2 });
  expect(firstLines(bytes, 9)).toEqual({ end: 10, size: 3 });
});

test('what is plain is what frames would give as lines alone', () => {
  const seen = { plain: 0, other: 0 };
  const text = fc.string({ unit: fc.constantFrom('a', 'a', 'a', '\n', '\r', ' ', '\0'), maxLength: 40 });
  fc.assert(
    fc.property(text, (given) => {
      const bytes = Buffer.from(given);
      const end = plainEnd(bytes, 6);
      seen[end === undefined ? 'other' : 'plain']++;
      if (end === undefined) return;
      const found = [...frames(bytes, 6)];
      expect(found.map(({ kind }) => kind)).not.toContain('oversize');
      expect(found.at(-1)?.end ?? 0).toBe(end);
      const lines = found.flatMap((frame) => (frame.kind === 'lines' ? frame.spans : []));
      expect(firstLines(bytes.subarray(0, end), 100)).toEqual({ end, size: lines.length / 2 });
    }),
    { seed: 52, numRuns: 1_000 },
  );
  expect(Math.min(seen.plain, seen.other)).toBeGreaterThan(200);
});
