import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/detection/plan/plan.ts';
import type { Stage } from '../../src/detection/plan/transform.ts';
import { at, EngineRun, eventAt } from './engine-fixture.ts';
import {
  above,
  call,
  column,
  count,
  fill,
  filter,
  rename,
  searchOf,
  statistic,
  stats,
  text,
} from './search-fixture.ts';

const streamed = (stages: readonly Stage[], given: Partial<Plan> = {}): Plan =>
  searchOf(stages, { mode: 'streaming', ...given });

async function fed(stages: readonly Stage[], lines: readonly string[], limits = {}): Promise<EngineRun> {
  const run = new EngineRun([streamed(stages)], { limits });
  await run.feed(lines);
  return run;
}

const byUser = stats(['user.username']);
const user = 'user.username';

describe('a streamed search', () => {
  test('finds a row at once, and once in each window of its schedule', async () => {
    const run = await fed(
      [byUser],
      ['12:51', '13:49', '13:50'].map((clock) => eventAt(clock, 'a')),
    );
    expect(run.findings.map(({ kind, time, window }) => [kind, time, window])).toEqual([
      ['first', at('12:51'), { start: at('12:50'), end: at('13:50'), final: false }],
      ['first', at('13:50'), { start: at('13:50'), end: at('14:50'), final: false }],
    ]);
    await run.finish();
    expect(run.findings).toHaveLength(2);
    expect(run.remembered).toEqual([]);
  });

  test('fills every column that it needs and a row lacks, whatever other rows have', async () => {
    const values = statistic('values', 'groups{}', { as: 'groups' });
    const run = await fed([fill, stats([user, 'objectRef.name'], [count, values])], [eventAt('12:51', 'a')]);
    expect(run.rows).toEqual([{ [user]: 'a', 'objectRef.name': '0', count: '1', groups: '0' }]);
  });

  test('makes one finding of all that one event makes leave, with only what is new', async () => {
    const stages = [stats([user, 'ip{}']), rename([user, 'user'], ['ip{}', 'src_ip'])];
    const run = await fed(stages, [
      eventAt('12:51', 'a', { ip: ['2', '1'] }),
      eventAt('12:52', 'a', { ip: ['1', '3', '2', '4'] }),
      eventAt('12:53', 'a', { ip: ['4', '1'] }),
    ]);
    expect(run.rows).toEqual([
      { user: 'a', src_ip: ['2', '1'], count: '1' },
      { user: 'a', src_ip: ['3', '4'], count: '1' },
    ]);
    expect(run.findings.map(({ keys }) => keys)).toEqual([
      ['["a","1"]', '["a","2"]'],
      ['["a","3"]', '["a","4"]'],
    ]);
  });

  test('shows values in the order of the event, also where some combinations have left before', async () => {
    const stages = [stats(['u{}', 'v{}']), rename(['u{}', 'u'])];
    const run = await fed(stages, [
      eventAt('12:51', 'a', { u: ['1'], v: ['x'] }),
      eventAt('12:52', 'a', { u: ['2'], v: ['y'] }),
      eventAt('12:53', 'a', { u: ['1', '2'], v: ['x', 'y'] }),
    ]);
    expect(run.rows[2]).toEqual({ u: ['1', '2'], 'v{}': ['x', 'y'], count: '1' });
  });

  test('makes what a stage makes of each combination, not of all at once', async () => {
    const joined: Stage = {
      kind: 'extend',
      columns: [{ as: 'both', value: call('.', column('u{}'), call('.', text('-'), column('v{}'))) }],
    };
    const run = await fed(
      [stats(['u{}', 'v{}']), joined],
      [eventAt('12:51', 'a', { u: ['1', '2'], v: ['x', 'y'] })],
    );
    expect(run.rows[0]?.['both']).toEqual(['1-x', '1-y', '2-x', '2-y']);
  });

  test('counts per combination: a threshold is reached by each address alone', async () => {
    const run = await fed(
      [stats(['ip{}']), above('count', 2)],
      [
        eventAt('12:51', 'a', { ip: ['1', '2'] }),
        eventAt('12:52', 'a', { ip: ['1', '3'] }),
        eventAt('12:53', 'a', { ip: ['1', '4'] }),
        eventAt('12:54', 'a', { ip: ['1', '5'] }),
      ],
    );
    expect(run.rows).toEqual([{ 'ip{}': '1', count: '3' }]);
    expect(run.findings[0]?.evidence).toHaveLength(3);
    expect(run.findings[0]?.time).toBe(at('12:53'));
  });

  test('holds in its measures what they held when the row left', async () => {
    const newest = statistic('first', 'x', { as: 'newest' });
    const run = await fed(
      [stats([user], [count, newest]), above('count', 1)],
      ['p', 'q', 'r'].map((x, index) => eventAt(`12:5${index}`, 'a', { x })),
    );
    expect(run.rows).toEqual([{ [user]: 'a', count: '2', newest: 'q' }]);
  });

  test('counts an event once that became several rows', async () => {
    const expand: Stage = { kind: 'expand', column: 'x{}', limit: undefined };
    const measures = [count, statistic('values', 'x{}', { as: 'x' })];
    const run = await fed(
      [expand, filter('x{}', 'p', true), stats([user], measures), above('count', 1)],
      [eventAt('12:51', 'a', { x: ['p', 'q', 'r'] })],
    );
    expect(run.rows).toEqual([{ [user]: 'a', count: '2', x: ['q', 'r'] }]);
    expect(run.findings[0]?.count).toBe(1);
  });

  test('counts rows that are filtered out, or lack a column to group by, as unmatched', async () => {
    const run = await fed(
      [filter(user, 'a', true), stats([user, 'x'])],
      [eventAt('12:51', 'a', { x: '1' }), eventAt('12:52', 'b'), eventAt('12:53', 'b', { x: '1' })],
    );
    expect(run.rows).toHaveLength(1);
    expect([run.count('detection/s/unmatched'), run.count('detection/s/counted')]).toEqual([2, 1]);
  });
});

describe('what stands behind the stats', () => {
  test('may let a group pass by its values alone: then the first row decides, and what fails takes no room', async () => {
    const stages = [byUser, rename([user, 'user'], ['count', 'n']), filter('user', 'admin', true)];
    const run = await fed(stages, [eventAt('12:51', 'admin'), eventAt('12:52', 'a')], { groups: 1 });
    expect(run.rows).toEqual([{ user: 'a', n: '1' }]);
    expect(run.noticeKinds).toEqual([]);
    expect(run.count('detection/s/unmatched')).toBe(1);
  });

  test('fills what the stats leave without a value', async () => {
    const stages = [stats([user], [statistic('max', 'x', { as: 'most' })]), rename(['most', 'top']), fill];
    const run = await fed(stages, [eventAt('12:51', 'a')]);
    expect(run.rows).toEqual([{ [user]: 'a', top: '0' }]);
  });

  test('reads the end of the window as "now()"', async () => {
    const now: Stage = { kind: 'extend', columns: [{ as: 'n', value: call('now') }] };
    const run = await fed([byUser, now], [eventAt('12:51', 'a')]);
    expect(run.rows[0]?.['n']).toBe(String(at('13:50') / 1_000_000_000n));
  });

  test('runs when the window closes if rows cannot be known before', async () => {
    const run = await fed(
      [byUser, { kind: 'head', count: 1 }],
      [eventAt('12:51', 'b'), eventAt('12:52', 'a')],
    );
    expect(run.findings).toEqual([]);
    await run.finish();
    expect(run.findings.map(({ kind, columns }) => [kind, columns.get(user)])).toEqual([['close', ['a']]]);
  });
});

describe('a row that comes too late', () => {
  const lines = [eventAt('14:00', 'clock'), eventAt('13:40', 'a')];

  test('is a late finding of a search without threshold', async () => {
    const run = await fed([byUser], lines);
    expect(run.findings.map(({ late, columns }) => [late, columns.get(user)])).toEqual([
      [false, ['clock']],
      [true, ['a']],
    ]);
    expect(run.noticeKinds).toEqual(['late_rows']);
    expect(run.count('detection/s/late')).toBe(1);
  });

  test('counts towards no threshold', async () => {
    const run = await fed([byUser, above('count', 0)], lines);
    expect(run.rows.map((row) => row[user])).toEqual(['clock']);
    expect(run.count('detection/s/late')).toBe(1);
  });

  test('in the time before its schedule runs is not late', async () => {
    const run = await fed([byUser], [eventAt('13:59', 'clock'), eventAt('13:40', 'a')]);
    expect(run.findings.map(({ late }) => late)).toEqual([false, false]);
  });
});

describe('when there is no room', () => {
  test('a search without threshold still finds all, and says that repeats stay', async () => {
    const run = await fed(
      [byUser],
      ['a', 'b', 'b'].map((name) => eventAt('12:51', name)),
      { groups: 1 },
    );
    expect(run.rows.map((row) => row[user])).toEqual(['a', 'b', 'b']);
    expect(run.noticeKinds).toEqual(['repeats_not_removed']);
  });

  test('a threshold counts the rest together, and the values of others do not decide for a row', async () => {
    const stages = [byUser, above('count', 1), filter(user, 'noise', true)];
    const names = ['a', 'noise', 'b', 'c'];
    const run = await fed(
      stages,
      names.map((name) => eventAt('12:51', name)),
      { groups: 1 },
    );
    expect(run.rows).toEqual([{ [user]: 'b', count: '2' }]);
    expect(run.noticeKinds).toEqual(['groups_overflow']);
  });

  test('the trusted address counts first', async () => {
    const run = await fed([stats(['sourceIPs{}'])], [eventAt('12:51', 'a', { sourceIPs: ['1', '2', '3'] })], {
      combinations: 2,
    });
    expect(run.rows).toEqual([{ 'sourceIPs{}': ['2', '3'], count: '1' }]);
    expect(run.noticeKinds).toEqual(['fan_out']);
  });
});

describe('a search without stats', () => {
  const table: Stage = { kind: 'project', how: 'table', columns: [user, 'x{}', 'y'] };

  test('makes a finding of each row', async () => {
    const run = await fed([table], [eventAt('12:51', 'a', { x: ['1', '2'] }), eventAt('12:51', 'b')]);
    expect(run.rows).toEqual([{ [user]: 'a', 'x{}': ['1', '2'] }, { [user]: 'b' }]);
    expect(run.findings.map(({ kind, window, count: events }) => [kind, window, events])).toEqual([
      ['first', undefined, 1],
      ['first', undefined, 1],
    ]);
  });

  test('makes several of one that becomes several, each with a key of its own', async () => {
    const expand: Stage = { kind: 'expand', column: 'x{}', limit: undefined };
    const run = await fed([expand, fill, table], [eventAt('12:51', 'a', { x: ['1', '2'] })]);
    expect(run.rows.map((row) => row['x{}'])).toEqual(['1', '2']);
    const [[id = ''] = [], second] = run.findings.map(({ keys }) => keys);
    expect(second).toEqual([`${id} 2`]);
  });

  test('fills the columns that it names', async () => {
    const run = await fed([fill, table], [eventAt('12:51', 'a')]);
    expect(run.rows).toEqual([{ [user]: 'a', 'x{}': '0', y: '0' }]);
    const made: Stage = { kind: 'extend', columns: [{ as: 'z', value: column('none') }] };
    const shown = await fed([made, fill, filter('y', '0')], [eventAt('12:51', 'a')]);
    expect(shown.rows[0]).toMatchObject({ verb: 'create', y: '0', z: '0' });
  });

  test('counts a row that nothing becomes of as unmatched', async () => {
    const run = await fed([filter(user, 'b')], [eventAt('12:51', 'a')]);
    expect(run.findings).toEqual([]);
    expect(run.count('detection/s/unmatched')).toBe(1);
  });
});

test('suppresses findings of a search like any other', async () => {
  const plan = streamed([byUser, rename([user, 'user'])]);
  const run = new EngineRun([
    { ...plan, steps: [...plan.steps, { kind: 'suppress', by: ['user'], period: 7_200_000 }] },
  ]);
  await run.feed(['12:51', '13:51', '14:52'].map((clock) => eventAt(clock, 'a')));
  expect(run.findings.map(({ time }) => time)).toEqual([at('12:51'), at('14:52')]);
  expect(run.count('detection/s/suppressed')).toBe(1);
});
