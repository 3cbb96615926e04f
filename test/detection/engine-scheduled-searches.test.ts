import { describe, expect, test } from 'vitest';
import type { Stage } from '../../src/detection/plan/transform.ts';
import { formatTime } from '../../src/record/time.ts';
import { at, EngineRun, eventAt } from './engine-fixture.ts';
import {
  above,
  call,
  count,
  fill,
  filter,
  finished,
  rowsOf,
  searchOf,
  statistic,
  stats,
} from './search-fixture.ts';

const byNameAndUser = [fill, stats(['objectRef.name', 'user.username'])];
const named = (clock: string, user: string, name: string): string =>
  eventAt(clock, user, { objectRef: { name } });

describe('a scheduled search fills', () => {
  test('a column that another row of the window has (spec/spl.md trap 11)', async () => {
    expect(await rowsOf(byNameAndUser, named('12:51', 'a', 'web'), eventAt('12:52', 'b'))).toEqual([
      { 'objectRef.name': '0', 'user.username': 'b', count: '1' },
      { 'objectRef.name': 'web', 'user.username': 'a', count: '1' },
    ]);
  });

  test('no column that no row of the window has, so nothing is found (trap 12)', async () => {
    expect(await rowsOf(byNameAndUser, eventAt('12:52', 'b'), named('13:50', 'a', 'web'))).toEqual([
      { 'objectRef.name': 'web', 'user.username': 'a', count: '1' },
    ]);
  });

  test('no column of a row that was filtered out before (trap 13)', async () => {
    const stages = [filter('user.username', 'a', true), ...byNameAndUser];
    expect(await rowsOf(stages, named('12:51', 'a', 'web'), eventAt('12:52', 'b'))).toEqual([]);
  });

  test('what measures see, too (trap 14)', async () => {
    const stages = [
      fill,
      stats(['user.username'], [count, statistic('values', 'groups{}', { as: 'groups' })]),
    ];
    const lines = [eventAt('12:51', 'a', { groups: ['g2', 'g1'] }), eventAt('12:52', 'a')];
    expect(await rowsOf(stages, ...lines)).toEqual([
      { 'user.username': 'a', count: '2', groups: ['0', 'g1', 'g2'] },
    ]);
  });

  test('the place of an address without one, if another row has one (trap 16)', async () => {
    const locate: Stage = { kind: 'locate', column: 'sourceIPs{}', prefix: '', all: false };
    const stages = [locate, fill, filter('Country', 'Netherlands', true), stats(['Country'])];
    const inside = eventAt('12:51', 'a', { sourceIPs: ['10.1.2.3'] });
    const outside = eventAt('12:52', 'a', { sourceIPs: ['34.1.1.1'] });
    expect(await rowsOf(stages, inside, outside)).toEqual([{ Country: '0', count: '1' }]);
    expect(await rowsOf(stages, inside)).toEqual([]);
  });

  test('nothing where no fill stands: what lacks a place is in no group (trap 15)', async () => {
    const locate: Stage = { kind: 'locate', column: 'sourceIPs{}', prefix: '', all: false };
    const stages = [locate, stats(['sourceIPs{}', 'Country', 'City']), above('count', 5)];
    const from = (address: string, times: number): readonly string[] =>
      Array.from({ length: times }, (_, index) => eventAt(`12:51:0${index}`, 'a', { sourceIPs: [address] }));
    expect(await rowsOf(stages, ...from('10.1.2.3', 9))).toEqual([]);
    expect(await rowsOf(stages, ...from('34.1.1.1', 5))).toEqual([]);
    expect(await rowsOf(stages, ...from('34.1.1.1', 6))).toEqual([
      { 'sourceIPs{}': '34.1.1.1', Country: 'Netherlands', City: '', count: '6' },
    ]);
  });
});

describe('a window of a schedule', () => {
  test('holds its start and not its end, to the nanosecond (trap 26)', async () => {
    const run = await finished(
      [stats(['user.username'])],
      [
        eventAt('12:49:59.999999999', 'before'),
        eventAt('12:50', 'first'),
        eventAt('13:49:59.999999999', 'last'),
        eventAt('13:50', 'behind'),
      ],
    );
    expect(
      run.findings.map(({ window, columns }) => [
        formatTime(window?.start ?? 0n).slice(11, 16),
        formatTime(window?.end ?? 0n).slice(11, 16),
        columns.get('user.username')?.[0],
      ]),
    ).toEqual([
      ['11:50', '12:50', 'before'],
      ['12:50', '13:50', 'first'],
      ['12:50', '13:50', 'last'],
      ['13:50', '14:50', 'behind'],
    ]);
  });

  test('splits a burst that lies across its end (trap 26)', async () => {
    const lines = ['13:49:57', '13:49:58', '13:49:59', '13:50:00', '13:50:01', '13:50:02'];
    const stages = [stats([]), above('count', 5)];
    expect(await rowsOf(stages, ...lines.map((clock) => eventAt(clock, 'a')))).toEqual([]);
  });

  test('takes rows until its run, and counts later ones as late (trap 27)', async () => {
    const run = new EngineRun([searchOf([stats(['user.username'])])]);
    await run.feed([eventAt('13:40', 'a'), eventAt('13:59:59.999999999', 'clock')]);
    await run.feed([eventAt('13:40', 'b')]);
    expect(run.findings).toEqual([]);
    await run.feed([eventAt('14:00', 'clock')]);
    expect(run.rows.map((row) => row['user.username'])).toEqual(['a', 'b']);
    await run.feed([eventAt('13:40', 'c'), eventAt('13:41', 'd')]);
    await run.finish();
    expect(run.rows.map((row) => row['user.username'])).toEqual(['a', 'b', 'clock']);
    expect(run.noticeKinds).toEqual(['late_rows']);
    expect(run.count('detection/s/late')).toBe(2);
    expect(run.count('detection/s/counted')).toBe(6);
  });

  test('makes a row of each stage of a request (trap 28)', async () => {
    const request = (stage: string, rest = {}): string =>
      eventAt('12:51', 'a', { requestURI: '/api', stage, ...rest });
    const stages = [fill, stats(['requestURI', 'stage', 'responseStatus.code'])];
    const lines = [
      request('RequestReceived'),
      request('ResponseComplete', { responseStatus: { code: 403 } }),
    ];
    expect(await rowsOf(stages, ...lines)).toEqual([
      { requestURI: '/api', stage: 'RequestReceived', 'responseStatus.code': '0', count: '1' },
      { requestURI: '/api', stage: 'ResponseComplete', 'responseStatus.code': '403', count: '1' },
    ]);
  });

  test('may overlap others: a row is in each of them', async () => {
    const schedule = { cron: '0 * * * *', earliest: '-2h@h', latest: '@h' };
    const run = await finished([stats([])], [eventAt('12:30', 'a'), eventAt('13:30', 'a')], {}, schedule);
    expect(run.findings.map(({ window, columns }) => [window?.end, columns.get('count')?.[0]])).toEqual([
      [at('13:00'), '1'],
      [at('14:00'), '2'],
      [at('15:00'), '1'],
    ]);
    expect(new Set(run.findings.flatMap(({ keys }) => keys)).size).toBe(3);
  });

  test('of two runs over the same span makes findings of their own', async () => {
    const schedule = { cron: '0,30 13 * * *', earliest: '-1d@d', latest: '@d' };
    const run = await finished([stats([])], [eventAt('12:30', 'a')], {}, schedule);
    expect(run.findings).toHaveLength(2);
    expect(new Set(run.findings.flatMap(({ keys }) => keys)).size).toBe(2);
  });

  test('that no run looks at holds nothing: its rows count nowhere', async () => {
    const schedule = { cron: '0 * * * *', earliest: '-10m@m', latest: '@m' };
    const run = await finished([stats([])], [eventAt('12:30', 'a'), eventAt('12:55', 'a')], {}, schedule);
    expect(run.rows).toEqual([{ count: '1' }]);
    expect(run.count('detection/s/unmatched')).toBe(1);
  });

  test('gives "now()" its end, in stages before and behind the one that waits', async () => {
    const now: Stage = { kind: 'extend', columns: [{ as: 'n', value: call('now') }] };
    const later: Stage = { kind: 'extend', columns: [{ as: 'm', value: call('now') }] };
    const end = String(at('13:50') / 1_000_000_000n);
    expect(await rowsOf([now, stats(['n']), later], eventAt('12:51', 'a'))).toEqual([
      { n: end, count: '1', m: end },
    ]);
  });
});
