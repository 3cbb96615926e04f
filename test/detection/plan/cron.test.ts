import { describe, expect, test } from 'vitest';
import { compileCron } from '../../../src/detection/plan/cron.ts';
import { formatTime, parseTime } from '../../../src/record/time.ts';

const shown = (time: bigint | undefined): string | undefined =>
  time === undefined ? undefined : formatTime(time);

describe('a cron expression', () => {
  for (const [text, from, next, last] of [
    ['0 * * * *', '2024-02-29T10:00:00Z', '2024-02-29T11:00:00Z', '2024-02-29T10:00:00Z'],
    ['0 * * * *', '2024-02-29T10:00:00.000000001Z', '2024-02-29T11:00:00Z', '2024-02-29T10:00:00Z'],
    ['0 * * * *', '2024-02-29T09:59:59.999999999Z', '2024-02-29T10:00:00Z', '2024-02-29T09:00:00Z'],
    ['0 * * * *', '1969-12-31T23:59:59.999999999Z', '1970-01-01T00:00:00Z', '1969-12-31T23:00:00Z'],
    ['*/15 2-4 * * *', '2024-02-29T04:45:00Z', '2024-03-01T02:00:00Z', '2024-02-29T04:45:00Z'],
    ['5,35 0 * * *', '2024-02-29T00:10:00Z', '2024-02-29T00:35:00Z', '2024-02-29T00:05:00Z'],
    ['0 0 29 2 *', '2024-03-01T00:00:00Z', '2028-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
    ['0 0 * JAN mon', '2024-01-02T00:00:00Z', '2024-01-08T00:00:00Z', '2024-01-01T00:00:00Z'],
    // Either day will do where both are named (crontab(5)).
    ['0 0 13 * 5', '2024-09-11T00:00:00Z', '2024-09-13T00:00:00Z', '2024-09-06T00:00:00Z'],
    ['0 0 * * 7', '2024-02-29T00:00:00Z', '2024-03-03T00:00:00Z', '2024-02-25T00:00:00Z'],
    [' 0  0 1 1 * ', '2024-02-29T00:00:00Z', '2025-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
    ['0 0 30 2 *', '2024-02-29T00:00:00Z', undefined, undefined],
    ['59 23 31 12 *', '9999-12-31T23:59:00Z', undefined, '9999-12-31T23:59:00Z'],
  ] as const) {
    test(`"${text}" around ${from}`, () => {
      const cron = compileCron(text);
      const time = parseTime(from) ?? 0n;
      expect([shown(cron?.next(time)), shown(cron?.last(time))]).toEqual([next, last]);
    });
  }

  for (const text of [
    '',
    '* * * *',
    '* * * * * *',
    '60 * * * *',
    '* 24 * * *',
    '? * * * *',
    '0 0 L * *',
    '0 0 15W * *',
    '0 0 * * 5#2',
    '@hourly',
    '1-5-7 * * * *',
    '*/0 * * * *',
    '0 0 * noday *',
    'a b c d e',
  ]) {
    test(`"${text}" is none`, () => expect(compileCron(text)).toBeUndefined());
  }

  test('times beyond all dates are those of the first and the last year', () => {
    const cron = compileCron('0 0 1 1 *');
    expect([shown(cron?.next(-(10n ** 30n))), cron?.next(10n ** 30n)]).toEqual([
      '0002-01-01T00:00:00Z',
      undefined,
    ]);
    expect([cron?.last(-(10n ** 30n)), shown(cron?.last(10n ** 30n))]).toEqual([
      expect.anything(),
      '9999-01-01T00:00:00Z',
    ]);
  });
});
