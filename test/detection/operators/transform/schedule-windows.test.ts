import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ScheduleWindows,
  type ScheduleWindow,
} from '../../../../src/detection/operators/transform/schedule-windows.ts';
import { applyRelativeTime, parseRelativeTime } from '../../../../src/detection/plan/relative-time.ts';
import type { Schedule } from '../../../../src/detection/plan/transform.ts';
import { formatTime, parseTime, type Time } from '../../../../src/record/time.ts';

const hourly = { cron: '0 * * * *', earliest: '-70m@m', latest: '-10m@m' };

const at = (text: string): Time => parseTime(text) ?? 0n;
const shown = ({ start, end, runs }: ScheduleWindow): string => [start, end, runs].map(formatTime).join(' ');

describe('the windows of a schedule', () => {
  // spec/spl.md §3.9; trap 26.
  const first = '2024-02-29T12:50:00Z 2024-02-29T13:50:00Z 2024-02-29T14:00:00Z';
  const second = '2024-02-29T13:50:00Z 2024-02-29T14:50:00Z 2024-02-29T15:00:00Z';
  for (const [time, expected] of [
    ['2024-02-29T12:50:00Z', first],
    ['2024-02-29T13:49:59.999999999Z', first],
    ['2024-02-29T13:50:00Z', second],
    ['2024-02-29T13:50:00.000000001Z', second],
  ] as const) {
    test(`trap 26: by default ${time} is in one window`, () => {
      const windows = new ScheduleWindows(hourly);
      expect(windows.windowsAt(at(time)).map(shown)).toEqual([expected]);
      expect(shown(windows.primaryAt(at(time)))).toBe(expected);
    });
  }

  test('windows that overlap hold an event together, and the first to end is the primary one', () => {
    const windows = new ScheduleWindows({ cron: '0 */8 * * *', earliest: '-24h', latest: 'now' });
    const time = at('2024-02-29T08:00:00Z');
    expect(windows.windowsAt(time).map(shown)).toEqual([
      '2024-02-28T16:00:00Z 2024-02-29T16:00:00Z 2024-02-29T16:00:00Z',
      '2024-02-29T00:00:00Z 2024-03-01T00:00:00Z 2024-03-01T00:00:00Z',
      '2024-02-29T08:00:00Z 2024-03-01T08:00:00Z 2024-03-01T08:00:00Z',
    ]);
    expect(shown(windows.primaryAt(time))).toBe(
      '2024-02-28T16:00:00Z 2024-02-29T16:00:00Z 2024-02-29T16:00:00Z',
    );
  });

  test('a time between windows is in none, and its gap runs with the next one', () => {
    const windows = new ScheduleWindows({ cron: '0 * * * *', earliest: '-15m', latest: '-5m' });
    const time = at('2024-02-29T13:00:00Z');
    expect(windows.windowsAt(time)).toEqual([]);
    expect(shown(windows.primaryAt(time))).toBe(
      '2024-02-29T12:55:00Z 2024-02-29T13:45:00Z 2024-02-29T14:00:00Z',
    );
  });

  test('runs that look at the same span are two windows', () => {
    const windows = new ScheduleWindows({ cron: '0,30 * * * *', earliest: '-1h@h', latest: '@h' });
    expect(windows.windowsAt(at('2024-02-29T13:10:00Z')).map(shown)).toEqual([
      '2024-02-29T13:00:00Z 2024-02-29T14:00:00Z 2024-02-29T14:00:00Z',
      '2024-02-29T13:00:00Z 2024-02-29T14:00:00Z 2024-02-29T14:30:00Z',
    ]);
  });

  test('months are those of the calendar', () => {
    const windows = new ScheduleWindows({ cron: '0 1 1 * *', earliest: '-1mon@mon', latest: '@mon' });
    expect(windows.windowsAt(at('2024-02-29T23:59:59.999999999Z')).map(shown)).toEqual([
      '2024-02-01T00:00:00Z 2024-03-01T00:00:00Z 2024-03-01T01:00:00Z',
    ]);
  });

  test('the first and the last times that can be written are in a window or a gap', () => {
    const windows = new ScheduleWindows(hourly);
    for (const text of ['0000-01-01T00:00:00+14:00', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59.9-14:00']) {
      const { start, end, runs } = windows.primaryAt(at(text));
      expect(end).toBeGreaterThan(at(text));
      expect(runs).toBeGreaterThanOrEqual(end);
      expect(start).toBeLessThanOrEqual(at(text));
    }
  });

  test('a schedule that cannot run is a bug of whoever made the plan', () => {
    expect(() => new ScheduleWindows({ ...hourly, cron: 'x' })).toThrow('bug: "x" is not a cron expression');
    expect(() => new ScheduleWindows({ ...hourly, earliest: '0' })).toThrow(
      'bug: "0" is not a relative time',
    );
  });
});

/** Every run of a schedule, an hour and more around a time, found by asking each minute. */
function allWindows(
  schedule: Schedule,
  everyMinutes: number,
  from: Time,
  to: Time,
): readonly ScheduleWindow[] {
  const earliest = parseRelativeTime(schedule.earliest);
  const latest = parseRelativeTime(schedule.latest);
  const windows: ScheduleWindow[] = [];
  const step = BigInt(everyMinutes) * 60_000_000_000n;
  for (let runs = (from / step) * step; earliest && latest && runs <= to; runs += step) {
    windows.push({ start: applyRelativeTime(earliest, runs), end: applyRelativeTime(latest, runs), runs });
  }
  return windows;
}

test('windows are those that every run of the schedule would look at', () => {
  const outcomes = { none: 0, one: 0, several: 0 };
  const schedules = fc.constantFrom(
    ...([
      ['0 * * * *', 60, '-70m@m', '-10m@m'],
      ['*/5 * * * *', 5, '-7m', '-5m'],
      ['*/5 * * * *', 5, '-30m@m', 'now'],
      ['0 * * * *', 60, '-20m', '-5m'],
      ['*/30 * * * *', 30, '-1h@h', '@h'],
      ['*/15 * * * *', 15, '-2h@h+10m', '-1h@h'],
      ['0 0 * * *', 1_440, '-1d@w1', '@d'],
      ['0 0 * * *', 1_440, '-1mon', '-1mon@d+12h'],
      ['0 0 * * *', 1_440, '-2mon@mon', '-1mon@mon+1d'],
      ['0 */6 * * *', 360, '-1mon', '-28d'],
      ['0 */6 * * *', 360, '-q@q', '-80d@d'],
    ] as const),
  );
  const day = 86_400_000_000_000n;
  const time = fc.oneof(
    fc.bigInt({ min: 1_700_000_000_000_000_000n, max: 1_720_000_000_000_000_000n }),
    fc
      .tuple(fc.integer({ min: 28_333_333, max: 28_666_666 }), fc.constantFrom(-1n, 0n, 1n))
      .map(([minute, off]) => BigInt(minute) * 60_000_000_000n + off),
  );
  fc.assert(
    fc.property(
      schedules,
      fc.array(time, { minLength: 1, maxLength: 3 }),
      ([cron, minutes, earliest, latest], times) => {
        const schedule = { cron, earliest, latest };
        const windows = new ScheduleWindows(schedule);
        const wide = minutes < 360 ? 3n * day : 200n * day;
        // Asked twice: what is remembered must not differ from what is worked out.
        for (const time of [...times, ...times]) {
          const all = allWindows(schedule, minutes, time - wide, time + wide);
          const expected = all.filter(({ start, end }) => start <= time && time < end);
          expect(windows.windowsAt(time)).toEqual(expected);
          outcomes[expected.length === 0 ? 'none' : expected.length === 1 ? 'one' : 'several']++;
          const bounds = all.flatMap(({ start, end }) => [start, end]);
          const primary = windows.primaryAt(time);
          if (expected.length > 0) {
            expect(expected).toContainEqual(primary);
            expect(expected.every(({ end }) => end >= primary.end)).toBe(true);
          } else {
            expect(bounds.filter((bound) => bound > primary.start && bound < primary.end)).toEqual([]);
            expect(primary.start <= time && time < primary.end && primary.end <= primary.runs).toBe(true);
          }
        }
      },
    ),
    { seed: 49, numRuns: 80 },
  );
  expect(Math.min(...Object.values(outcomes))).toBeGreaterThan(20);
});
