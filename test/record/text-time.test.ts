import { expect, test } from 'vitest';
import { timeIn } from '../../src/record/text-time.ts';
import { formatTime } from '../../src/record/time.ts';

for (const [text, time] of [
  ['2026-04-12T10:15:00.123456789Z stdout F hello', '2026-04-12T10:15:00.123456789Z'],
  ['at 2026-04-12 10:15:00+02:00', '2026-04-12T08:15:00Z'],
  ['10.0.0.1 - - [12/Apr/2026:10:15:00 +0000] "GET / HTTP/1.1" 200', '2026-04-12T10:15:00Z'],
  ['10.0.0.1 - - [12/Apr/2026:10:15:00 -0130] "GET /"', '2026-04-12T11:45:00Z'],
  ['[12/Apr/2026:10:15:00 +0000] "GET /?t=2020-01-01T00:00:00Z"', '2026-04-12T10:15:00Z'],
  ['2026-02-30T00:00:00Z, or rather 2026-03-02T00:00:00Z', '2026-03-02T00:00:00Z'],
  ['[31/Feb/2026:10:15:00 +0000]', undefined],
  ['2026-04-12T10:15:00 without a zone', undefined],
  ['92026-04-12T10:15:00Z', undefined],
  ['10:15:00.123: Notice A shell was spawned', undefined],
  ['', undefined],
] as const) {
  test(`${time ?? 'no time'} is in "${text}"`, () => {
    const found = timeIn(text);
    expect(found === undefined ? undefined : formatTime(found)).toBe(time);
  });
}

test('a megabyte of what only begins like a time is read in one go', () => {
  for (const piece of ['2', '2026-', '2026-04-12T10:15:00.', '12/Apr/', '12/Apr/2026:10:15:00 ']) {
    expect(timeIn(piece.repeat(1_000_000 / piece.length))).toBeUndefined();
  }
});
