import { describe, expect, test } from 'vitest';
import { hashOf } from '../../src/record/hash.ts';
import { aggregate, at, atLeast, EngineRun, eventAt, planOf, tumbling } from './engine-fixture.ts';

/** Moves event time on: a row of a user of its own. */
const later = (clock: string): string => eventAt(clock, 'clock');

describe('a late row', () => {
  const close = '14:10';

  test('of a detection without condition still is a finding, marked, and leaves no state', async () => {
    const run = new EngineRun([planOf([aggregate({ window: tumbling('1h', '10m') })])]);
    await run.feed([eventAt('12:30', 'a'), later(close)]);
    const before = run.remembered;
    await run.feed([eventAt('12:31', 'a'), eventAt('12:32', 'a')]);
    expect(run.findings.slice(2).map(({ late, time }) => [late, time])).toEqual([
      [true, at('12:31')],
      [true, at('12:32')],
    ]);
    expect(run.findings[2]?.window).toEqual({ start: at('12:00'), end: at('13:00'), final: false });
    expect(run.remembered).toEqual(before);
    expect(run.noticeKinds).toEqual(['late_rows']);
    expect(run.counters).toMatchObject({
      'detection/p/late': 2,
      'detection/p/counted': 4,
      'detection/p/findings': 4,
      'detection/p/emitted': 4,
    });
  });

  for (const [name, plan] of [
    ['of a detection with condition', planOf([aggregate(), atLeast('count', 1)])],
    ['of a detection that speaks at the close', planOf([aggregate({ emit: 'close' })])],
    ['in scheduled mode', planOf([aggregate()], { mode: 'scheduled' })],
  ] as const) {
    test(`${name} is only counted`, async () => {
      const run = new EngineRun([plan]);
      await run.feed([later('12:00'), later(close)]);
      const before = run.findings.length;
      await run.feed([eventAt('12:59:59', 'a'), eventAt('11:59:59', 'a')]);
      expect(run.findings).toHaveLength(before);
      expect(run.counters).toMatchObject({ 'detection/p/late': 2, 'detection/p/counted': 4 });
      expect(run.noticeKinds).toEqual(['late_rows', 'late_rows']);
    });
  }

  test('is one that comes exactly when its window closes, not one before', async () => {
    for (const [clock, late] of [
      ['13:09:59.999999999', 0],
      ['13:10', 1],
    ] as const) {
      const run = new EngineRun([planOf([aggregate({ window: tumbling('1h', '10m') })])]);
      await run.feed([later(clock), eventAt('12:59', 'a')]);
      expect(run.count('detection/p/late')).toBe(late);
    }
  });

  test('is announced once a window, also across a restart', async () => {
    const run = new EngineRun([planOf([aggregate()])]);
    await run.feed([later('20:00'), eventAt('12:00', 'a'), eventAt('12:30', 'b')]);
    run.restart();
    await run.feed([eventAt('12:40', 'c'), eventAt('13:00', 'c')]);
    expect(run.output.notices.map(({ identity }) => identity.at(-1))).toEqual([
      '2026-04-12T12:00:00Z',
      '2026-04-12T13:00:00Z',
    ]);
  });

  test('is another finding than the one in time, and than other late ones, with another id', async () => {
    const run = new EngineRun([planOf([aggregate()])]);
    await run.feed([eventAt('12:00', 'a'), later('14:00')]);
    await run.feed([eventAt('12:30', 'a'), eventAt('12:31', 'a'), eventAt('12:31', 'a')]);
    const [inTime, , ...others] = run.findings.map(({ keys }) => keys);
    expect(inTime).toEqual(['["a"]']);
    expect(others).toEqual(
      ['12:30', '12:31', '12:31'].map((clock) => ['["a"]', hashOf(eventAt(clock, 'a'))]),
    );
  });
});
