import fc from 'fast-check';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StretchReader } from '../../../../src/receivers/file-log/ahead/stretch-reader.ts';
import { lineSpans } from '../../../../src/record/line-batch.ts';

const maxLine = 40;
const piece = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: maxLine }).map((length) => `${'x'.repeat(length)}\n`) },
  { weight: 1, arbitrary: fc.constantFrom('\r\n', ' \n', '\0', '\0\0\n', 'y'.repeat(maxLine + 1), '\n\n\n') },
);

test('runs are whole plain lines, in order, and nothing plain is left out but at the edges', () => {
  const directory = mkdtempSync(join(tmpdir(), 'stretch-reader-'));
  const path = join(directory, 'audit.log');
  const reader = new StretchReader(maxLine, ({ memory, offset, length }) => {
    const bytes = memory.buffer.subarray(offset, offset + length);
    const common = { open: [], candidates: new Uint32Array(), words: 0, clock: [], returns: [] };
    return { lines: lineSpans(bytes).length / 2, ...common };
  });
  let spoilt = 0;
  let taken = 0;
  try {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 5, maxLength: 60 }),
        fc.nat(),
        fc.nat(),
        (pieces, one, other) => {
          const text = pieces.join('');
          writeFileSync(path, text);
          const [from = 0, to = 0] = [one, other].map((n) => n % (text.length + 1)).sort((a, b) => a - b);
          const { dev, ino } = statSync(path, { bigint: true });
          const runs = reader.read({ path, inode: `${dev}:${ino}`, from, to, open: [] });
          let at = from;
          for (const { start, length, scan } of runs) {
            const bytes = Buffer.from(text.slice(start, start + length));
            expect(start).toBeGreaterThanOrEqual(at);
            expect(text[start - 1]).toBe('\n');
            expect(bytes.at(-1)).toBe(10);
            expect(bytes.includes(0)).toBe(false);
            expect(
              Math.max(
                ...bytes
                  .toString()
                  .split('\n')
                  .map((line) => line.length),
              ),
            ).toBeLessThanOrEqual(maxLine + 1);
            expect(scan.lines).toBe(lineSpans(bytes).length / 2);
            at = start + length;
            taken++;
          }
          expect(at).toBeLessThanOrEqual(to);
          const body = text.slice(text.indexOf('\n', from) + 1, text.lastIndexOf('\n', to - 1) + 1);
          const isPlain = !text.slice(from, to).includes('\0') && !text.slice(from, to).includes('y');
          if (isPlain && text.slice(from, to).split('\n').length > 2) {
            expect(runs.map(({ start, length }) => text.slice(start, start + length)).join('')).toBe(body);
          } else if (!isPlain) spoilt++;
        },
      ),
      { seed: 5, numRuns: 300 },
    );
  } finally {
    reader.close();
    rmSync(directory, { recursive: true });
  }
  expect(spoilt).toBeGreaterThan(30);
  expect(taken).toBeGreaterThan(50);
});
