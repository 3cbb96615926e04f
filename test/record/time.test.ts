import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochText, formatTime, fromMillis, parseTime } from '../../src/record/time.ts';

for (const [text, ns] of [
  ['1970-01-01T00:00:00Z', 0n],
  ['2026-04-12T12:30:19.123456Z', 1_775_997_019_123_456_000n],
  ['2026-04-12t12:30:19.5z', 1_775_997_019_500_000_000n],
  ['2026-04-12T14:30:19+02:00', 1_775_997_019_000_000_000n],
  ['1969-12-31T23:59:59.999999999Z', -1n],
  ['2026-04-12T12:30:19.1234567891Z', 1_775_997_019_123_456_789n],
] as const) {
  test(`${text} is ${ns}`, () => expect(parseTime(text)).toBe(ns));
}

for (const text of [
  '',
  'now',
  '2026-04-12',
  '2026-02-30T00:00:00Z',
  '2026-04-12T24:00:00Z',
  '2026-04-12T12:60:00Z',
  '2026-04-12T12:30:19',
  '2026-13-01T00:00:00Z',
  ' 2026-04-12T12:30:19Z',
]) {
  test(`"${text}" is no time`, () => expect(parseTime(text)).toBeUndefined());
}

test('a formatted time parses to itself', () => {
  const time = fc.bigInt({ min: -62_135_596_800_000_000_000n, max: 253_402_300_799_999_999_999n });
  fc.assert(
    fc.property(time, (ns) => {
      expect(parseTime(formatTime(ns))).toBe(ns);
    }),
    { seed: 3, numRuns: 2_000 },
  );
});

test('a time has no more digits than it needs', () => {
  expect([0n, 1_000_000n, 1_000n, 1n].map(formatTime)).toEqual([
    '1970-01-01T00:00:00Z',
    '1970-01-01T00:00:00.001Z',
    '1970-01-01T00:00:00.000001Z',
    '1970-01-01T00:00:00.000000001Z',
  ]);
  expect(formatTime(fromMillis(1_500))).toBe('1970-01-01T00:00:01.500Z');
});

for (const [ns, text] of [
  [0n, '0'],
  [1_775_997_019_000_000_000n, '1775997019'],
  [1_775_997_019_120_000_000n, '1775997019.12'],
  [1n, '0.000000001'],
  [-1_500_000_000n, '-1.5'],
] as const) {
  test(`in seconds ${ns} is ${text}`, () => expect(epochText(ns)).toBe(text));
}

test('it is the time that Date.parse gives, for every day there is', () => {
  let days = 0;
  fc.assert(
    fc.property(fc.nat(9_999), fc.nat(13), fc.nat(32), fc.nat(24), (year, month, day, hour) => {
      const digits = (value: number, length: number): string => String(value).padStart(length, '0');
      const text = `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}T${digits(hour, 2)}:00:00Z`;
      const ms = Date.parse(text);
      const isDay = !Number.isNaN(ms) && new Date(ms).getUTCDate() === day;
      days += Number(isDay);
      expect(parseTime(text)).toBe(isDay ? fromMillis(ms) : undefined);
    }),
    { seed: 4, numRuns: 5_000 },
  );
  expect(days).toBeGreaterThan(3_000);
  expect(days).toBeLessThan(4_900);
});

test('the usual form of a time says what any other form of it says', () => {
  const part = fc.integer({ min: 0, max: 99 }).map((number) => String(number).padStart(2, '0'));
  const form = fc.tuple(
    fc.integer({ min: 1_900, max: 2_100 }),
    part,
    part,
    part,
    part,
    part,
    fc.integer({ min: 0, max: 999_999 }),
  );
  const seen = { time: 0, none: 0 };
  fc.assert(
    fc.property(form, ([year, month, day, hour, minute, second, micros]) => {
      const until = `${year}-${month}-${day}T${hour}:${minute}:${second}.${String(micros).padStart(6, '0')}`;
      const time = parseTime(`${until}Z`);
      expect(time).toBe(parseTime(`${until}000Z`));
      seen[time === undefined ? 'none' : 'time']++;
    }),
    { seed: 7, numRuns: 20_000 },
  );
  expect(Math.min(seen.time, seen.none)).toBeGreaterThan(50);
});
