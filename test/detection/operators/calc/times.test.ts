import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { secondsOf, timeIn } from '../../../../src/detection/operators/calc/time-value.ts';
import { formatTime, parseTime } from '../../../../src/record/time.ts';
import { call, column, missing, now, run } from './run-calc.ts';

/** 2024-02-29T05:06:07.123456789Z, a Thursday. */
const time = '1709183167.123456789';

describe('strftime', () => {
  for (const [format, expected] of [
    // Search Reference, "Date and time format variables".
    ['%Y-%m-%dT%H:%M:%S', '2024-02-29T05:06:07'],
    ['%F %T', '2024-02-29 05:06:07'],
    ['%m/%d/%Y %H:%M:%S', '02/29/2024 05:06:07'],
    ['%y %j %e %k|%I %p', '24 060 29  5|05 AM'],
    ['%a %A %b %B %w', 'Thu Thursday Feb February 4'],
    ['%N %3N %6N %9N', '123456789 123 123456 123456789'],
    ['%Q %3Q %6Q %f', '123 123 123456 123456'],
    ['%s', '1709183167'],
    ['%z %:z %::z %:::z %Z', '+0000 +00:00 +00:00:00 +00 UTC'],
    ['%c', 'Thu Feb 29 05:06:07 2024'],
    ['%+', 'Thu Feb 29 05:06:07 UTC 2024'],
    ['%x %X', '02/29/2024 05:06:07'],
    ['%U %V %G', '08 09 2024'],
    ['100%% %%T', '100% %T'],
    ['%! %', '%! %'],
    ['', ''],
  ] as const) {
    test(`"${format}"`, () => expect(run(call('strftime', time, format))).toBe(expected));
  }

  for (const [name, calc, expected] of [
    ['of a number', call('strftime', 0, '%F %T'), '1970-01-01 00:00:00'],
    ['before 1970', call('strftime', '-0.001', '%F %T.%3N %s'), '1969-12-31 23:59:59.999 -1'],
    ['in the afternoon', call('strftime', 43_200, '%I %p'), '12 PM'],
    ['at midnight', call('strftime', 0, '%I %p'), '12 AM'],
    // ISO 8601: the week belongs to the year of its Thursday.
    ['the last week of the year before', call('strftime', 1_609_459_200, '%G-%V %U'), '2020-53 00'],
    ['of a text that is no number', call('strftime', 'yesterday', '%F'), null],
    ['of null', call('strftime', missing, '%F'), null],
    ['by null', call('strftime', 0, missing), null],
    ['beyond the year 9999', call('strftime', '253402300800', '%F'), null],
    ['of a number that is far too large', call('strftime', 1e300, '%F'), null],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }
});

describe('strptime', () => {
  for (const [text, format, expected] of [
    ['2024-02-29T05:06:07.123456Z', '%Y-%m-%dT%H:%M:%S.%6N%Z', 1_709_183_167.123_456],
    ['2024-02-29T05:06:07.5Z', '%Y-%m-%dT%H:%M:%S.%QZ', 1_709_183_167.5],
    ['2024-02-29 05:06:07 +0130', '%F %T %z', 1_709_177_767],
    ['2024-02-29 05:06:07-05:00', '%F %T%:z', 1_709_201_167],
    ['29/Feb/2024:05:06:07', '%d/%b/%Y:%H:%M:%S', 1_709_183_167],
    ['FEBRUARY 9, 24', '%B %e, %y', 1_707_436_800],
    ['Thursday 2024-02-29', '%A %F', 1_709_164_800],
    ['2024 060', '%Y %j', 1_709_164_800],
    ['2024-02-29 12:00 AM', '%F %I:%M %p', 1_709_164_800],
    ['2024-02-29 12:00 pm', '%F %I:%M %p', 1_709_208_000],
    ['1709183167.25', '%s.%N', 1_709_183_167.25],
    ['2024-02-29 and more', '%F', 1_709_164_800],
    ['2024-02-29    05:06', '%F %H:%M', 1_709_183_160],
    ['2016-12-31 23:59:60', '%F %T', 1_483_228_800],
    ['99', '%y', 915_148_800],
    // What is left out is that of now, 2024-02-29.
    ['05:06', '%H:%M', 1_709_183_160],
    ['01-02', '%m-%d', 1_704_153_600],
    ['17', '%d', 1_708_128_000],
    ['2024-02-30', '%F', null],
    ['2023 366', '%Y %j', null],
    ['2024-13-01', '%F', null],
    ['2024-02-29 24:00:00', '%F %T', null],
    ['2024-02-29 13 PM', '%F %I %p', null],
    ['29.02.2024', '%F', null],
    ['2024-02-29 EST', '%F %Z', null],
    ['2024-02-29', '%F %', null],
    ['2024-02-29', '%F%L', null],
    ['', '%F', null],
  ] as const) {
    test(`"${text}" by "${format}"`, () => expect(run(call('strptime', text, format))).toBe(expected));
  }

  test('null is no time', () => {
    expect(run(call('strptime', missing, '%F'))).toBeNull();
    expect(run(call('strptime', '2024', missing))).toBeNull();
  });

  test('reads what strftime printed', () => {
    const range = { min: -62_135_596_800_000_000, max: 9_007_199_254_740_991 };
    fc.assert(
      fc.property(
        fc.integer(range),
        fc.constantFrom('%F %T.%6N', '%s', '%d %b %Y %I:%M:%S %p'),
        (micros, format) => {
          const seconds = BigInt(micros) / 1_000_000n;
          const printed = run(call('strftime', String(seconds), format));
          expect(run(call('strptime', String(printed), format))).toBe(Number(seconds));
        },
      ),
      { seed: 43, numRuns: 500 },
    );
  });
});

describe('now and relative_time', () => {
  test('now is the end of the window in whole seconds', () => {
    expect(run(call('now'))).toBe(Math.floor(Date.parse(now) / 1_000));
  });

  for (const [name, calc, expected] of [
    ['a day before, from its beginning', call('relative_time', time, '-1d@d'), 1_709_078_400],
    ['without a snap the fraction stays', call('relative_time', '1709183167.5', '-1h'), 1_709_179_567.5],
    ['by a column', call('relative_time', 90, column('modifier')), 60],
    ['by what is no modifier', call('relative_time', time, 'yesterday'), null],
    ['of null', call('relative_time', missing, '-1d'), null],
  ] as const) {
    test(name, () => expect(run(calc, { modifier: ['@m'] })).toBe(expected));
  }
});

test('a time is read digit by digit', () => {
  for (const text of ['1709183167.123456789', '-1.000000001', '0', '12.5']) {
    const [whole = '', fraction = ''] = text.split('.');
    expect(timeIn(text)).toBe(BigInt(whole + fraction.padEnd(9, '0')));
  }
  expect(formatTime(timeIn('1709183167.123456789') ?? 0n)).toBe('2024-02-29T05:06:07.123456789Z');
  expect(secondsOf(parseTime('1969-12-31T23:59:58.5Z') ?? 0n)).toBe(-1.5);
});
