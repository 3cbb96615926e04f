import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScheduleWindows } from '../../../src/detection/operators/transform/schedule-windows.ts';
import { allTime } from '../../../src/detection/testing/all-time.ts';
import { fromMillis, parseTime, type Time } from '../../../src/record/time.ts';
import { count, searchOf, stats } from '../search-fixture.ts';

const plan = searchOf([stats(['user'], [count])], { mode: 'streaming' });

const earliest = 0;
const latest = Date.parse('2200-01-01T00:00:00Z');
const time = fc.integer({ min: earliest, max: latest }).map((ms) => fromMillis(ms));

/** The window that all results come from; undefined if the schedule has none that holds both times. */
function wholeWindow(oldest: Time, newest: Time) {
  const whole = allTime(plan, oldest, newest);
  const [step] = whole.plan.steps;
  if (step?.kind !== 'transform') throw new Error('no transform');
  const windows = new ScheduleWindows(step.schedule);
  const holding = windows.windowsAt(newest).filter(({ start }) => start <= oldest);
  return holding.find((window) => whole.isResult({ window: { ...window, final: true } }));
}

test('whatever the times of the events, one run looks at them all', () => {
  let long = 0;
  fc.assert(
    fc.property(time, time, (a, b) => {
      const [oldest, newest] = a < b ? [a, b] : [b, a];
      if (newest - oldest > fromMillis(366 * 86_400_000)) long++;
      expect(wholeWindow(oldest, newest)).toBeDefined();
    }),
    { seed: 4, numRuns: 200 },
  );
  expect(long).toBeGreaterThan(0);
  expect(long).toBeLessThan(200);
});

test.each(['2026-12-31T23:59:59.999999999Z', '2028-02-28T12:00:00Z', '2026-03-01T00:00:00Z'])(
  'an event at %s alone is in it',
  (text) => {
    const at = parseTime(text) ?? 0n;
    expect(wholeWindow(at, at)).toBeDefined();
  },
);

test('the plan runs scheduled, and is the same otherwise', () => {
  expect(allTime(plan, 0n, 0n).plan).toMatchObject({
    ...plan,
    mode: 'scheduled',
    steps: [{ stages: [{ kind: 'stats' }] }],
  });
});
