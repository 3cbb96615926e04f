import { describe, expect, test } from 'vitest';
import { aggregate, at, atLeast, EngineRun, eventAt, ms, planOf } from './engine-fixture.ts';

/** Moves event time on: a row of a user of its own. */
const later = (clock: string): string => eventAt(clock, 'clock');
const usersOf = (run: EngineRun): readonly unknown[] => run.rows.map((row) => row['user.username']);

describe('a session window', () => {
  const window = { kind: 'session', gap: ms('8m'), lateness: ms('1m') } as const;
  const atClose = planOf([aggregate({ window, emit: 'close' })]);

  test('lasts from its first row until its group was silent for the gap', async () => {
    const run = new EngineRun([atClose]);
    await run.feed(['12:00', '12:07:59', '12:15', '12:23'].map((clock) => eventAt(clock, 'a')));
    await run.finish();
    expect(run.findings.map(({ window: span, count }) => [span?.start, span?.end, count])).toEqual([
      [at('12:00'), at('12:23'), 3],
      [at('12:23'), at('12:31'), 1],
    ]);
  });

  test('of one group is none of another', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a'), eventAt('12:05', 'b'), eventAt('12:10', 'a')]);
    await run.finish();
    expect(run.rows.map((row) => [row['user.username'], row['count']])).toEqual([
      ['a', '1'],
      ['b', '1'],
      ['a', '1'],
    ]);
  });

  test('is joined with another by a row between them', async () => {
    const run = new EngineRun([
      planOf([aggregate({ window: { ...window, lateness: ms('1h') }, emit: 'close' })]),
    ]);
    await run.feed(['12:00', '12:14', '12:07'].map((clock) => eventAt(clock, 'a')));
    await run.finish();
    expect(run.findings.map(({ window: span, count }) => [span?.start, span?.end, count])).toEqual([
      [at('12:00'), at('12:22'), 3],
    ]);
  });

  test('leaves at most an eighth of its gap after the watermark has reached its end plus lateness', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a'), later('12:08:59')]);
    expect(usersOf(run)).toEqual([]);
    await run.feed([later('12:10')]);
    expect(usersOf(run)).toEqual(['a']);
  });

  test('takes no more rows once it has closed, even before it has left', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00:10', 'a'), later('12:09:11'), eventAt('12:00:20', 'a')]);
    expect(run.rows).toEqual([{ 'user.username': 'a', count: '1' }]);
    await run.finish();
    expect(
      run.findings.filter(({ keys }) => keys[0] === '["a"]').map(({ window: span }) => span?.start),
    ).toEqual([at('12:00:10'), at('12:00:20')]);
  });

  test('lets a group leave once when it first satisfies', async () => {
    const run = new EngineRun([planOf([aggregate({ window }), atLeast('count', 2)])]);
    await run.feed(['12:00', '12:07', '12:14', '12:30', '12:31'].map((clock) => eventAt(clock, 'a')));
    expect(run.findings.map(({ time, count, window: span }) => [time, count, span?.start])).toEqual([
      [at('12:07'), 2, at('12:00')],
      [at('12:31'), 2, at('12:30')],
    ]);
  });

  test('of a row that comes too late for one of its own is late', async () => {
    const run = new EngineRun([planOf([aggregate({ window })])]);
    await run.feed([later('13:00'), eventAt('12:51', 'a'), eventAt('12:51:00.001', 'b')]);
    expect(run.findings.map(({ late }) => late)).toEqual([false, true, false]);
  });
});
