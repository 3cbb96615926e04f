import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/detection/plan/plan.ts';
import type { Stage } from '../../src/detection/plan/transform.ts';
import { formatTime } from '../../src/record/time.ts';
import { at, EngineRun, eventAt } from './engine-fixture.ts';
import {
  call,
  column,
  filter,
  finished,
  rename,
  rowsOf,
  searchOf,
  statistic,
  stats,
  text,
} from './search-fixture.ts';

describe('a row of a scheduled result', () => {
  test('is a finding of its own, that stands for its events', async () => {
    const lines = [eventAt('12:51', 'a'), eventAt('12:53', 'a'), eventAt('12:52', 'b')];
    const run = await finished([stats(['user.username'])], lines);
    const [a, b] = run.findings;
    expect(a).toMatchObject({
      kind: 'close',
      late: false,
      count: 2,
      time: at('12:53'),
      window: { start: at('12:50'), end: at('13:50'), final: true },
    });
    expect(a?.evidence).toHaveLength(2);
    expect(a?.resource.attributes).toEqual({ 'k8s.cluster.name': 'prod' });
    expect(b?.keys).not.toEqual(a?.keys);
  });

  test('that equals another one is told from it by a number', async () => {
    const lines = [eventAt('12:51', 'a'), eventAt('12:52', 'a')];
    const run = await finished([{ kind: 'project', how: 'table', columns: ['user.username'] }], lines);
    expect(run.rows).toEqual([{ 'user.username': 'a' }, { 'user.username': 'a' }]);
    const [[first = ''] = [], [second] = []] = run.findings.map(({ keys }) => keys);
    expect(second).toBe(`${first} 2`);
  });

  test('comes newest first where no statistic sets another order', async () => {
    const lines = ['12:51', '12:53', '12:52'].map((clock) => eventAt(clock, clock));
    const rows = await rowsOf([{ kind: 'project', how: 'table', columns: ['user.username'] }], ...lines);
    expect(rows.map((row) => row['user.username'])).toEqual(['12:53', '12:52', '12:51']);
  });

  test('holds sealed texts as they may be shown, and tells one secret from another', async () => {
    const plan = searchOf([stats(['x'])]);
    const redact = (name: string, value: string): string => (name === 'x' ? '[redacted]' : value);
    const run = new EngineRun([plan], { redact });
    await run.feed([eventAt('12:51', 'a', { x: 'p' }), eventAt('12:52', 'a', { x: 'q' })]);
    await run.finish();
    expect(run.rows).toEqual([
      { x: '[redacted]', count: '1' },
      { x: '[redacted]', count: '1' },
    ]);
  });

  test('shows nothing of a seal that a search has moved into the middle of a text', async () => {
    const joined: Stage = {
      kind: 'extend',
      columns: [{ as: 'y', value: call('upper', call('.', column('x'), text('!'))) }],
    };
    const run = new EngineRun([searchOf([joined, stats(['y'])])], { redact: () => '[redacted]' });
    await run.feed([eventAt('12:51', 'a', { x: 'p' })]);
    await run.finish();
    expect(run.rows).toEqual([{ y: '[REDACTED]!', count: '1' }]);
  });
});

describe('a search without groups', () => {
  test('answers 0 for a window in which nothing was chosen (trap 41)', async () => {
    const read = JSON.stringify({ verb: 'get', stageTimestamp: formatTime(at('12:51')) });
    const run = await finished([stats([])], [read]);
    expect(run.rows).toEqual([{ count: '0' }]);
    expect(run.findings[0]).toMatchObject({ time: at('13:50'), count: 0, evidence: [], context: {} });
    expect((await finished([stats([])], [])).rows).toEqual([]);
    expect((await finished([stats(['x'])], [read])).rows).toEqual([]);
  });

  test('answers once in each window that holds an event', async () => {
    const lines = [eventAt('12:51', 'a'), eventAt('12:52', 'a'), eventAt('15:10', 'a')];
    expect(await rowsOf([filter('user.username', 'b'), stats([])], ...lines)).toEqual([
      { count: '0' },
      { count: '0' },
    ]);
  });
});

describe('a scheduled search stays within bounds', () => {
  test('by counting further groups together, which is announced', async () => {
    const lines = ['a', 'b', 'c', 'd', 'a'].map((user, index) => eventAt(`12:51:0${index}`, user));
    const run = await finished([stats(['user.username'])], lines, { groups: 2 });
    expect(run.rows).toEqual([
      { 'user.username': 'a', count: '2' },
      { 'user.username': 'b', count: '1' },
      { 'user.username': ['c', 'd'], count: '2' },
    ]);
    expect(run.noticeKinds).toEqual(['groups_overflow']);
    expect(run.count('detection/s/overflow')).toBe(0);
  });

  test('by leaving out rows that it would have to look at one by one, which is announced and counted', async () => {
    const lines = ['a', 'b', 'c', 'd'].map((user, index) => eventAt(`12:51:0${index}`, user));
    const run = await finished([{ kind: 'head', count: 9 }], lines, { groups: 2 });
    expect(run.findings).toHaveLength(2);
    expect(run.noticeKinds).toEqual(['rows_overflow']);
    expect(run.count('detection/s/overflow')).toBe(2);
    expect(run.count('detection/s/counted')).toBe(4);
  });

  test('by saying what one event or one measure had too much of', async () => {
    const lines = [eventAt('12:51', 'a', { x: ['1', '2', '3'] })];
    const wide = await finished([stats(['x{}'])], lines, { combinations: 2 });
    expect(wide.rows).toHaveLength(2);
    expect(wide.noticeKinds).toEqual(['fan_out']);
    const long = await finished([stats([], [statistic('values', 'x{}')])], lines, { values: 2 });
    expect(long.rows).toEqual([{ 'values(x{})': ['1', '2'] }]);
    expect(long.noticeKinds).toEqual(['values_cut']);
  });

  test('by letting a large result leave in slices, across a restart as well', async () => {
    const users = Array.from({ length: 10 }, (_, index) => `u${index}`);
    const run = new EngineRun([searchOf([stats(['user.username'])])]);
    run.room = 3;
    await run.feed(users.map((user) => eventAt('12:51', user)));
    expect(await run.commit((state) => run.engine.finish(state, run.now, run.output))).toBe(true);
    expect(run.findings).toHaveLength(3);
    run.restart();
    expect(await run.finish()).toBe(3);
    expect(run.rows.map((row) => row['user.username'])).toEqual(users);
    expect(run.remembered).toEqual([]);
  });
});

describe('lines of plain text', () => {
  const whole: Plan['where'] = {
    kind: 'test',
    field: { name: '_raw', arrays: 'marked' },
    test: { op: 'phrase', text: 'shell was spawned', fold: true },
  };
  const line = '2026-04-12T12:51:00Z a shell was spawned (user=root proc=sh)';

  test('are events to a search', async () => {
    const run = new EngineRun([searchOf([stats(['user', 'proc'])], { where: whole })]);
    await run.feed([line, '{"broken":']);
    await run.finish();
    expect(run.rows).toEqual([{ user: 'root', proc: 'sh', count: '1' }]);
    expect([run.count('evaluated'), run.count('malformed')]).toEqual([1, 1]);
  });

  test('are malformed where no search looks at them, and match no native plan beside one', async () => {
    const anything: Plan = { ...searchOf([]), id: 'native', steps: [], where: { kind: 'and', items: [] } };
    const alone = new EngineRun([anything]);
    await alone.feed([line]);
    expect(alone.count('malformed')).toBe(1);
    const both = new EngineRun([anything, searchOf([stats(['user'])], { where: whole })]);
    await both.feed([line]);
    await both.finish();
    expect(both.findings.map(({ plan }) => plan.id)).toEqual(['s']);
    expect(both.count('detection/native/unmatched')).toBe(1);
  });
});

test('a rename with wildcards moves the columns of the whole window (trap 25)', async () => {
  const lines = [
    eventAt('12:51', 'a', { object: { kind: 'Event', involvedObject: { kind: 'Pod' } } }),
    eventAt('12:52', 'a', { object: { kind: 'Event' } }),
  ];
  const stages = [
    rename(['object.*', '*']),
    rename(['involvedObject.*', '*']),
    stats([], [statistic('list', 'kind')]),
  ];
  expect(await rowsOf(stages, ...lines)).toEqual([{ 'list(kind)': 'Pod' }]);
});

test('a long text is whole to the stages that look at one event, and is bounded when it waits', async () => {
  const inner = JSON.stringify({ padding: 'x'.repeat(5_000), verb: 'list' });
  const lines = [eventAt('12:51', 'a', { log: inner })];
  const spath: Stage = { kind: 'spath', column: 'log', take: { path: 'verb', as: 'inner' } };
  expect(await rowsOf([spath, stats(['inner'])], ...lines)).toEqual([{ inner: 'list', count: '1' }]);
  const [row] = await rowsOf([stats(['log'])], ...lines);
  expect(String(row?.['log']).length).toBeLessThan(4_200);
});

test('two stages that expand one event stay within bounds, which is announced', async () => {
  const many = Array.from({ length: 200 }, (_, index) => String(index));
  const lines = [eventAt('12:51', 'a', { x: many, y: many })];
  const expand = (name: string): Stage => ({ kind: 'expand', column: name, limit: undefined });
  const run = await finished([expand('x{}'), expand('y{}'), stats(['verb'])], lines);
  expect(run.rows).toEqual([{ verb: 'create', count: '10000' }]);
  expect(run.noticeKinds).toEqual(['fan_out']);
});
