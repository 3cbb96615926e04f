import { jsonText } from '../../src/detection/operators/json-text.ts';
import type { Json } from '../../src/record/json.ts';
import { describe, expect, test } from 'vitest';
import {
  aggregate,
  at,
  atLeast,
  by,
  EngineRun,
  eventAt,
  measure,
  ms,
  planOf,
  tumbling,
} from './engine-fixture.ts';

/** Moves event time on: a row of a user of its own. */
const later = (clock: string): string => eventAt(clock, 'clock');

describe('a tumbling window', () => {
  const atClose = planOf([aggregate({ emit: 'close', window: tumbling('1h', '10m', '50m') })]);

  test('begins at its offset and ends before the next, also before the epoch', async () => {
    const run = new EngineRun([planOf([aggregate({ window: tumbling('1h', '0s', '50m') })])]);
    await run.feed([
      '{"verb":"create","user":{"username":"a"},"stageTimestamp":"1969-12-31T23:40:00Z"}',
      eventAt('12:49:59.999', 'a'),
      eventAt('12:50', 'a'),
    ]);
    expect(run.findings.map(({ window }) => window?.start)).toEqual([
      -4_200_000_000_000n,
      at('11:50'),
      at('12:50'),
    ]);
  });

  test('lets its groups leave when the watermark reaches its end plus lateness, sorted by key', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([
      eventAt('12:55', 'b'),
      eventAt('12:56', 'a'),
      eventAt('12:57', 'b'),
      later('13:59:59.999'),
    ]);
    expect(run.findings).toEqual([]);
    await run.feed([later('14:00')]);
    expect(run.rows).toEqual([
      { 'user.username': 'a', count: '1' },
      { 'user.username': 'b', count: '2' },
    ]);
    expect(run.findings[1]).toMatchObject({
      kind: 'close',
      time: at('12:57'),
      window: { start: at('12:50'), end: at('13:50'), final: true },
      count: 2,
      late: false,
      keys: ['["b"]'],
    });
  });

  test('shows at its close what its first event said of itself, and where that came from', async () => {
    const contextOf = (event: Json): { readonly at: string } => ({ at: jsonText(event) });
    const run = new EngineRun([atClose], { contextOf });
    await run.feed([eventAt('12:56', 'a', { x: 'later' }), eventAt('12:55', 'a', { x: 'first' })]);
    await run.finish();
    expect(JSON.stringify(run.findings[0]?.context)).toContain('first');
    expect(run.findings[0]?.resource).toEqual({ attributes: { 'k8s.cluster.name': 'prod' } });
  });

  test('may show rows at once and at its close', async () => {
    const run = new EngineRun([planOf([aggregate({ emit: 'both' }), atLeast('count', 2)])]);
    await run.feed([
      ...['12:00', '12:01', '12:02'].map((clock) => eventAt(clock, 'a')),
      eventAt('12:03', 'b'),
      later('13:00'),
    ]);
    expect(run.findings.map(({ kind, count }) => [kind, count])).toEqual([
      ['first', 2],
      ['close', 3],
    ]);
  });

  test('in scheduled mode says nothing before its close, whatever the plan says', async () => {
    const run = new EngineRun([planOf([aggregate()], { mode: 'scheduled' })]);
    await run.feed([eventAt('12:00', 'a'), eventAt('12:01', 'a')]);
    expect(run.findings).toEqual([]);
    await run.feed([later('13:00')]);
    expect(run.rows).toEqual([{ 'user.username': 'a', count: '2' }]);
  });

  test('in scheduled mode makes a row for each combination', async () => {
    const grouped = aggregate({ by: [by('user.username'), by('sourceIPs')] });
    const run = new EngineRun([planOf([grouped], { mode: 'scheduled' })]);
    await run.feed([eventAt('12:00', 'a', { sourceIPs: ['1.1.1.1', '1.1.1.1', '2.2.2.2'] })]);
    await run.finish();
    expect(run.rows).toEqual([
      { 'user.username': 'a', sourceIPs: '1.1.1.1', count: '2' },
      { 'user.username': 'a', sourceIPs: '2.2.2.2', count: '1' },
    ]);
    expect(run.findings.map(({ count }) => count)).toEqual([1, 1]);
  });

  test('is forgotten once it has closed', async () => {
    const run = new EngineRun([planOf([aggregate()]), planOf([aggregate({ emit: 'close' })], { id: 'q' })]);
    await run.feed([eventAt('12:00', 'a')]);
    expect(run.remembered.length).toBeGreaterThan(2);
    await run.finish();
    expect(run.remembered).toEqual([]);
  });

  test('that a changed plan left behind goes silently when its time has come', async () => {
    const run = new EngineRun([atClose]);
    await run.feed([eventAt('12:00', 'a')]);
    run.restart([planOf([aggregate({ emit: 'close', measures: [measure('values', 'x')] })])]);
    await run.feed([eventAt('12:01', 'a', { x: 'y' })]);
    await run.finish();
    expect(run.rows).toEqual([{ 'user.username': 'a', values_x: 'y' }]);
    expect(run.remembered).toEqual([]);
  });
});

describe('a sliding window', () => {
  const window = { kind: 'sliding', length: ms('5m'), lateness: 0 } as const;
  const sliding = planOf([aggregate({ window }), atLeast('count', 3)]);
  const feed = async (run: EngineRun, ...clocks: readonly string[]): Promise<void> =>
    run.feed(clocks.map((clock) => eventAt(clock, 'a')));

  test('holds the rows of its length before each row, the row included', async () => {
    const run = new EngineRun([sliding]);
    await feed(run, '12:00', '12:01', '12:05', '12:05:59.999');
    expect(run.findings.map(({ time, count }) => [time, count])).toEqual([[at('12:05:59.999'), 3]]);
    expect(run.findings[0]?.window).toEqual({
      start: at('12:00:59.999'),
      end: at('12:05:59.999'),
      final: false,
    });
  });

  test('lets a group leave once in its length', async () => {
    const run = new EngineRun([sliding]);
    await feed(run, '12:00', '12:00:01', '12:00:02', '12:01', '12:05', '12:05:01', '12:05:02', '12:05:03');
    expect(run.findings.map(({ time }) => time)).toEqual([at('12:00:02'), at('12:05:02')]);
  });

  test('is completed by a row out of order', async () => {
    const run = new EngineRun([sliding]);
    await feed(run, '12:00', '12:04', '12:02');
    expect(run.findings.map(({ time, window: span }) => [time, span?.end])).toEqual([
      [at('12:02'), at('12:04')],
    ]);
  });

  test('forgets rows that no window can need any more', async () => {
    const run = new EngineRun([sliding]);
    await feed(run, '12:00', '12:01');
    await run.feed([later('12:30')]);
    expect(run.remembered.filter((name) => name.includes('/sliding/'))).toHaveLength(1);
    await feed(run, '12:01');
    expect(run.count('detection/p/late')).toBe(1);
    expect(run.findings).toEqual([]);
  });

  test('goes on after the end of a replay: it never closes', async () => {
    const run = new EngineRun([sliding]);
    await feed(run, '12:00', '12:01');
    await run.finish();
    await feed(run, '12:02');
    expect(run.findings.map(({ count }) => count)).toEqual([3]);
  });

  test('counts too long rather than too little when a group has too many rows', async () => {
    const run = new EngineRun([planOf([aggregate({ window }), atLeast('count', 20)])], {
      limits: { rows: 4 },
    });
    const clocks = Array.from({ length: 20 }, (_, index) => `12:00:${String(10 + index)}`);
    await feed(run, ...clocks);
    expect(run.findings.map(({ count }) => count)).toEqual([20]);
    expect(run.noticeKinds).toEqual(['window_coarse']);
  });
});
