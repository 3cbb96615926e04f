import { expect, test } from 'vitest';
import { formatBytes, parseByteSize } from '../../src/util/byte-size.ts';
import { formatDuration, parseDuration } from '../../src/util/duration.ts';
import { printable } from '../../src/util/printable.ts';
import { formatProblem } from '../../src/util/problem.ts';
import { didYouMean } from '../../src/util/suggest.ts';

for (const [text, ms] of [
  ['250ms', 250],
  ['1m30s', 90_000],
  ['1.5h', 5_400_000],
  ['7d', 604_800_000],
  ['0', 0],
  ['', undefined],
  ['5', undefined],
  ['5 s', undefined],
  ['-1s', undefined],
  ['1s2', undefined],
  ['5 parsecs', undefined],
] as const) {
  test(`"${text}" is ${ms ?? 'no'} milliseconds`, () => expect(parseDuration(text)).toBe(ms));
}

test('a duration that is printed parses to itself', () => {
  for (const ms of [0, 1, 999, 1_000, 61_001, 90_000, 86_400_000, 90_061_001]) {
    expect(parseDuration(formatDuration(ms))).toBe(ms);
  }
});

for (const [text, bytes] of [
  ['16MiB', 16_777_216],
  ['1kB', 1_000],
  ['1.5 KiB', 1_536],
  ['512', 512],
  ['3 parsecs', undefined],
  ['-1', undefined],
  ['', undefined],
] as const) {
  test(`"${text}" is ${bytes ?? 'no'} bytes`, () => expect(parseByteSize(text)).toBe(bytes));
}

test('sizes in messages are decimal', () => {
  expect([0, 999, 46_200, 1_200_000, 3e9].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '46.2 kB',
    '1.2 MB',
    '3.0 GB',
  ]);
});

test('what moves a cursor, reverses a line or hides is shown as its code', () => {
  expect(printable('a\u001b[2J\nb\u202ec\u200bd\u{e0041}é日')).toBe(
    'a\\u{1b}[2J\\u{a}b\\u{202e}c\\u{200b}d\\u{e0041}é日',
  );
});

test('a near word is suggested, a far one is not', () => {
  const known = ['include', 'exclude', 'start_at'];
  expect(didYouMean('inclde', known)).toBe('. Did you mean "include"?');
  expect(didYouMean('poll', known)).toBe('');
});

test('a problem names file, line, column and key as far as they are known', () => {
  const problem = {
    severity: 'error',
    file: 'a.yaml',
    line: 3,
    column: 5,
    path: 'x.y',
    message: 'unknown key',
  } as const;
  expect(formatProblem(problem)).toBe('a.yaml:3:5 x.y: unknown key');
  expect(formatProblem({ ...problem, severity: 'warning', line: 0 })).toBe(
    'a.yaml warning: x.y: unknown key',
  );
  expect(formatProblem({ ...problem, file: '', line: 0, path: '' })).toBe('unknown key');
});
