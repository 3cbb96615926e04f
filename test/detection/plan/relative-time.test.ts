import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reachOf } from '../../../src/detection/plan/relative-reach.ts';
import { applyRelativeTime, parseRelativeTime } from '../../../src/detection/plan/relative-time.ts';
import { formatTime, parseTime } from '../../../src/record/time.ts';

/** A Thursday. */
const thursday = '2024-02-29T14:23:17.123456789Z';

function seen(modifier: string, from: string): string | undefined {
  const relative = parseRelativeTime(modifier);
  return relative && formatTime(applyRelativeTime(relative, parseTime(from) ?? 0n));
}

describe('a relative time', () => {
  // Search Manual, "Specify time modifiers in your search"; spec/spl.md §1.6, §3.9.
  for (const [modifier, from, expected] of [
    ['now', thursday, thursday],
    ['-70m@m', '2024-02-29T14:00:00Z', '2024-02-29T12:50:00Z'],
    ['-10m@m', '2024-02-29T14:00:00Z', '2024-02-29T13:50:00Z'],
    ['-70m@m', thursday, '2024-02-29T13:13:00Z'],
    ['-1h', thursday, '2024-02-29T13:23:17.123456789Z'],
    ['+1h', thursday, '2024-02-29T15:23:17.123456789Z'],
    ['-h', thursday, '2024-02-29T13:23:17.123456789Z'],
    ['-0s', thursday, thursday],
    ['@s', thursday, '2024-02-29T14:23:17Z'],
    ['@h', thursday, '2024-02-29T14:00:00Z'],
    ['@d', thursday, '2024-02-29T00:00:00Z'],
    ['-1d@d', thursday, '2024-02-28T00:00:00Z'],
    ['@d-2h', thursday, '2024-02-28T22:00:00Z'],
    ['@d+3h', thursday, '2024-02-29T03:00:00Z'],
    ['-1d@d+6h', thursday, '2024-02-28T06:00:00Z'],
    ['@w', thursday, '2024-02-25T00:00:00Z'],
    ['@w0', thursday, '2024-02-25T00:00:00Z'],
    ['@w7', thursday, '2024-02-25T00:00:00Z'],
    ['@w1', thursday, '2024-02-26T00:00:00Z'],
    ['@w4', thursday, '2024-02-29T00:00:00Z'],
    ['@w5', thursday, '2024-02-23T00:00:00Z'],
    ['-7d@w1', thursday, '2024-02-19T00:00:00Z'],
    ['@mon', thursday, '2024-02-01T00:00:00Z'],
    ['-mon@mon', thursday, '2024-01-01T00:00:00Z'],
    ['-2mon@mon+7d', thursday, '2023-12-08T00:00:00Z'],
    ['@q', '2024-06-30T00:00:00Z', '2024-04-01T00:00:00Z'],
    ['-1q@q', thursday, '2023-10-01T00:00:00Z'],
    ['@y', thursday, '2024-01-01T00:00:00Z'],
    ['-1y', thursday, '2023-02-28T14:23:17.123456789Z'],
    ['-1mon', '2024-03-31T05:00:00Z', '2024-02-29T05:00:00Z'],
    ['+12mon', '2023-01-31T00:00:00Z', '2024-01-31T00:00:00Z'],
    ['-1month@month', thursday, '2024-01-01T00:00:00Z'],
    ['-30minutes', '2024-02-29T14:30:00Z', '2024-02-29T14:00:00Z'],
    ['@w', '1969-12-31T00:00:00Z', '1969-12-28T00:00:00Z'],
    ['@m', '1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:00Z'],
    ['0', thursday, '1970-01-01T00:00:00Z'],
    ['1709183167.25', thursday, '2024-02-29T05:06:07.250Z'],
  ] as const) {
    test(`${modifier} from ${from}`, () => expect(seen(modifier, from)).toBe(expected));
  }

  for (const text of [
    '',
    'rt',
    'rt-5m',
    '5m',
    '-5',
    '-5x',
    '@',
    '@x',
    '-5m@',
    '@d1',
    '@w8',
    '-5 m',
    '-5m@m ',
    'now-5m',
    '-1',
    '-M',
    '--5m',
    '1e3',
  ]) {
    test(`"${text}" is none`, () => expect(parseRelativeTime(text)).toBeUndefined());
  }

  test('an amount beyond all time does not throw', () => {
    for (const modifier of ['-999999y@y', '+999999y@w', '-999999mon@d']) {
      expect(seen(modifier, thursday)).toBeDefined();
    }
  });
});

test('its reach holds whatever time it is seen from', () => {
  const unit = fc.constantFrom('s', 'm', 'h', 'd', 'w', 'mon', 'q', 'y');
  const move = fc.oneof(
    fc.tuple(fc.constantFrom('-', '+'), fc.integer({ min: 0, max: 40 }), unit).map((parts) => parts.join('')),
    unit.map((name) => `@${name}`),
    fc.integer({ min: 0, max: 7 }).map((weekday) => `@w${weekday}`),
  );
  const time = fc.bigInt({ min: -2_000_000_000_000_000_000n, max: 8_000_000_000_000_000_000n });
  fc.assert(
    fc.property(fc.array(move, { minLength: 1, maxLength: 3 }), time, (moves, from) => {
      const relative = parseRelativeTime(moves.join(''));
      const reach = relative && reachOf(relative);
      const moved = relative ? applyRelativeTime(relative, from) - from : undefined;
      expect(moved).toBeGreaterThanOrEqual(reach?.least ?? 0n);
      expect(moved).toBeLessThanOrEqual(reach?.most ?? 0n);
    }),
    { seed: 47, numRuns: 2_000 },
  );
});

test('snapping twice is snapping once, and never goes up', () => {
  const unit = fc.constantFrom('s', 'm', 'h', 'd', 'w', 'w3', 'mon', 'q', 'y');
  const time = fc.bigInt({ min: -2_000_000_000_000_000_000n, max: 8_000_000_000_000_000_000n });
  fc.assert(
    fc.property(unit, time, (name, from) => {
      const once = parseRelativeTime(`@${name}`);
      const at = once ? applyRelativeTime(once, from) : undefined;
      expect(at).toBeLessThanOrEqual(from);
      expect(once && at !== undefined ? applyRelativeTime(once, at) : undefined).toBe(at);
    }),
    { seed: 48, numRuns: 500 },
  );
});
