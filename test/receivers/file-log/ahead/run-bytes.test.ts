import { closeSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { RunBytes } from '../../../../src/receivers/file-log/ahead/run-bytes.ts';
import { ReadBuffer } from '../../../../src/receivers/file-log/read-buffer.ts';

const scan = { lines: 0, open: [], candidates: new Uint32Array(), words: 0, clock: [], returns: [] };

/** A file of `text`, and the bytes of it from `start` on. */
function scene(text: string, start: number): { readonly path: string; readonly made: () => RunBytes } {
  const directory = mkdtempSync(join(tmpdir(), 'run-bytes-'));
  const path = join(directory, 'audit.log');
  writeFileSync(path, text);
  const fd = openSync(path, 'r');
  onTestFinished(() => {
    closeSync(fd);
    rmSync(directory, { recursive: true });
  });
  const run = { start, length: text.length - start, scan };
  return { path, made: () => new RunBytes(fd, run, new ReadBuffer(0)) };
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('lines are those of the file, one by one and many', () => {
  const lines = Array.from({ length: 200 }, (_, index) => `line ${index}`.padEnd(9, '.'));
  const bytes = scene(`before\n${lines.join('\n')}\n`, 7).made();
  expect(lines.map((_, index) => textOf(bytes.line(index * 10, index * 10 + 9)))).toEqual(lines);
  expect(textOf(bytes.all().bytes)).toBe(`${lines.join('\n')}\n`);
});

test('a line may end with a carriage return', () => {
  expect(textOf(scene('one\r\n', 0).made().line(0, 3))).toBe('one');
});

for (const [what, change] of [
  ['is shorter now', (path: string): void => truncateSync(path, 5)],
  ['holds something else', (path: string): void => writeFileSync(path, 'somethingelse')],
] as const) {
  test(`a file that ${what} is not read on`, () => {
    const { path, made } = scene('one\ntwo\nthree', 0);
    const [single, all] = [made(), made()];
    change(path);
    expect(() => single.line(4, 7)).toThrow('changed at byte 0');
    expect(() => all.all()).toThrow('changed at byte 0');
  });
}
