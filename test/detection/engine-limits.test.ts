import { describe, expect, test } from 'vitest';
import type { Plan } from '../../src/detection/plan/plan.ts';
import {
  aggregate,
  at,
  atLeast,
  by,
  EngineRun,
  eventAt,
  measure,
  planOf,
  resource,
} from './engine-fixture.ts';

const users = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `u${index}`);
const usersOf = (run: EngineRun): readonly unknown[] => run.rows.map((row) => row['user.username']);

describe('when there are more groups than there is room for', () => {
  const limits = { groups: 3 };

  test('a detection without condition still finds all, but repeats as well, and says so once a window', async () => {
    const run = new EngineRun([planOf([aggregate()])], { limits });
    const names = users(5);
    await run.feed([...names, ...names].map((user) => eventAt('12:00', user)));
    await run.feed([eventAt('13:00', 'u0')]);
    expect(usersOf(run)).toEqual([...names, 'u3', 'u4', 'u0']);
    const ids = run.findings.map(({ keys }) => keys.length);
    expect(ids).toEqual([1, 1, 1, 2, 2, 2, 2, 1]);
    expect(run.noticeKinds).toEqual(['repeats_not_removed']);
  });

  test('and rows leave at the close too, further groups close as one', async () => {
    const run = new EngineRun([planOf([aggregate({ emit: 'both' })])], { limits });
    const names = users(5);
    await run.feed([...names, ...names].map((user) => eventAt('12:00', user)));
    await run.finish();
    expect(run.findings.filter(({ kind }) => kind === 'first')).toHaveLength(7);
    const closing = run.findings.filter(({ kind }) => kind === 'close');
    expect(closing.map(({ keys, count }) => [keys.join(), count])).toEqual([
      ['["u0"]', 2],
      ['["u1"]', 2],
      ['["u2"]', 2],
      ['overflow', 4],
    ]);
    expect(run.rows.at(-1)).toEqual({ 'user.username': ['u3', 'u4'], count: '4' });
    expect(run.noticeKinds).toEqual(['repeats_not_removed']);
  });

  test('a threshold goes on counting the known groups, and the others together', async () => {
    const run = new EngineRun([planOf([aggregate(), atLeast('count', 4)])], { limits });
    const lines = (names: readonly string[]): readonly string[] =>
      names.map((user) => eventAt('12:00', user));
    await run.feed(lines(['u0', 'u0', 'u0', ...users(6)]));
    expect(usersOf(run)).toEqual(['u0']);
    await run.feed(lines(['victim', 'u9']));
    expect(usersOf(run)).toEqual(['u0', 'victim']);
    expect(run.findings[1]).toMatchObject({ keys: ['overflow'], count: 4 });
    expect(run.noticeKinds).toEqual(['groups_overflow']);
  });

  test('the overflow is announced even if its threshold is never reached', async () => {
    const run = new EngineRun([planOf([aggregate(), atLeast('count', 99)])], { limits });
    await run.feed(users(4).map((user) => eventAt('12:00', user)));
    expect(run.noticeKinds).toEqual(['groups_overflow']);
    expect(run.output.notices[0]?.message).toBe(
      'A plan, 2026-04-12T12:00:00Z to 2026-04-12T13:00:00Z: more than 3 groups; further ones are counted together as one',
    );
  });

  test('all that is remembered is bounded, too; what is known goes on, and every window has a few groups of its own', async () => {
    const flooded = planOf([aggregate(), atLeast('count', 4)], { id: 'flooded' });
    const other = planOf([aggregate({ by: [by('stage')] }), atLeast('count', 4)], { id: 'other' });
    const run = new EngineRun([flooded, other], { limits: { state: 8_000, reserved: 2, values: 10 } });
    const lines = (names: readonly string[], more = {}): readonly string[] =>
      names.map((user) => eventAt('12:00', user, more));
    await run.feed(lines(['known']));
    await run.feed(lines(users(200)));
    const look = run.store.begin();
    look.rollback();
    expect(look.weight).toBeLessThan(10_000);
    await run.feed(lines(['known', 'known', 'known'], { stage: 'Panic' }));
    const found = run.findings.map(({ plan, keys }) => [plan.id, keys.join()]);
    expect(found).toContainEqual(['flooded', '["known"]']);
    expect(found).toContainEqual(['flooded', 'overflow']);
    expect(run.output.notices.map(({ message }) => message)).toEqual([
      'A plan, 2026-04-12T12:00:00Z to 2026-04-12T13:00:00Z: more than 8.0 kB of groups of all detections; further ones are counted together as one',
    ]);
    const remembered = run.store.tables('detect/').filter((name) => name.includes('/other/'));
    expect(remembered.flatMap((name) => run.store.scan(name)).map(([key]) => key)).toContain('["Panic"]');
  });

  for (const [name, window] of [
    ['session', { kind: 'session', gap: 600_000, lateness: 0 }],
    ['sliding', { kind: 'sliding', length: 600_000, lateness: 0 }],
  ] as const) {
    test(`holds for ${name} windows`, async () => {
      const plans: readonly Plan[] = [
        planOf([aggregate({ window })], { id: 'all' }),
        planOf([aggregate({ window }), atLeast('count', 3)], { id: 'some' }),
      ];
      const run = new EngineRun(plans, { limits });
      await run.feed([...users(6), 'u5'].map((user) => eventAt('12:00', user)));
      expect(run.findings.filter(({ plan }) => plan.id === 'all')).toHaveLength(7);
      const [some, ...others] = run.findings.filter(({ plan }) => plan.id === 'some');
      expect(others).toEqual([]);
      expect(some?.keys).toEqual(['overflow']);
      expect(run.noticeKinds).toEqual(['repeats_not_removed', 'groups_overflow']);
    });
  }
});

test('a session that goes on is one group all the time', async () => {
  const window = { kind: 'session', gap: 600_000, lateness: 0 } as const;
  const run = new EngineRun([planOf([aggregate({ window })])], { limits: { groups: 2 } });
  await run.feed(['12:00', '12:05', '12:10', '12:15', '12:20'].map((clock) => eventAt(clock, 'a')));
  await run.feed([eventAt('12:21', 'b')]);
  expect(usersOf(run)).toEqual(['a', 'b']);
  expect(run.noticeKinds).toEqual([]);
});

describe('an event with too many combinations', () => {
  test('counts the first of them, the trusted address among them, and says so once a window', async () => {
    const plan = planOf([aggregate({ by: [by('sourceIPs'), by('user.groups')] })]);
    const run = new EngineRun([plan], { limits: { combinations: 4 } });
    const forged = Array.from({ length: 100 }, (_, index) => `10.0.0.${index}`);
    const event = { user: { groups: ['g', 'h'] }, sourceIPs: [...forged, '192.0.2.1'] };
    await run.feed([eventAt('12:00', 'a', event), eventAt('12:01', 'b', event)]);
    expect(run.rows).toEqual([
      { sourceIPs: ['10.0.0.99', '192.0.2.1'], 'user.groups': ['g', 'h'], count: '1' },
    ]);
    expect(run.noticeKinds).toEqual(['fan_out']);
  });

  test('costs no more than its bound', async () => {
    const plan = planOf([aggregate({ by: [by('a'), by('b'), by('c')], emit: 'close' })]);
    const run = new EngineRun([plan]);
    run.room = 4_096;
    const many = Array.from({ length: 1_000 }, (_, index) => `v${index}`);
    await run.feed([eventAt('12:00', 'x', { a: many, b: many, c: many })]);
    expect(run.noticeKinds).toEqual(['fan_out']);
    expect(await run.finish()).toBe(3);
    expect(run.findings).toHaveLength(10_000);
  });
});

test('a list of values that reaches its bound is announced, with the column', async () => {
  const measures = [measure('values', 'x'), measure('distinct', 'x')];
  const run = new EngineRun([planOf([aggregate({ measures, emit: 'close' })])], { limits: { values: 2 } });
  await run.feed(['p', 'q', 'r'].map((x) => eventAt('12:00', 'a', { x })));
  await run.finish();
  expect(run.rows).toEqual([{ 'user.username': 'a', values_x: ['p', 'q'], distinct_x: '3' }]);
  expect(run.noticeKinds).toEqual(['values_cut']);
  expect(run.output.notices[0]?.message).toContain('"values_x", "distinct_x"');
});

test('texts of any length are kept bounded, and told apart', async () => {
  const run = new EngineRun([planOf([aggregate({ emit: 'close', measures: [measure('max', 'x')] })])]);
  const long = 'é'.repeat(300_000);
  await run.feed([eventAt('12:00', `${long}1`, { x: long }), eventAt('12:00', `${long}2`, { x: long })]);
  const kept = run.remembered.flatMap((table) => run.store.scan(table));
  expect(JSON.stringify(kept).length).toBeLessThan(40_000);
  await run.finish();
  expect(run.findings).toHaveLength(2);
});

describe('a suppression', () => {
  const plan = planOf([aggregate(), { kind: 'suppress', by: ['user.username'], period: 7_200_000 }]);

  test('lets one finding per combination pass in its period, and counts the others', async () => {
    const run = new EngineRun([plan]);
    const clocks = ['12:30', '13:29', '14:30', '15:10', '16:30'];
    await run.feed([...clocks.map((clock) => eventAt(clock, 'a')), eventAt('16:31', 'b')]);
    expect(run.findings.map(({ time }) => time)).toEqual(['12:30', '14:30', '16:30', '16:31'].map(at));
    expect(run.counters).toMatchObject({
      'detection/p/findings': 6,
      'detection/p/emitted': 4,
      'detection/p/suppressed': 2,
    });
  });

  test('says how many it held back when its period is over, exactly', async () => {
    const run = new EngineRun([plan]);
    await run.feed(['12:30', '13:30', '14:00'].map((clock) => eventAt(clock, 'a')));
    await run.feed([eventAt('20:00', 'b')]);
    expect(run.output.notices).toMatchObject([
      {
        kind: 'suppressed',
        message:
          'A plan: 2 more findings up to 2026-04-12T14:00:00Z with the same user.username as one at 2026-04-12T12:30:00Z; one passes in 2h',
        attributes: { 'finding.count': 2, 'finding.fields': { 'user.username': 'a' } },
      },
    ]);
    expect(run.output.noticeResources).toEqual([resource]);
    await run.finish();
    expect(run.noticeKinds).toEqual(['suppressed']);
    expect(run.remembered).toEqual([]);
  });

  test('cannot hide what is new in a list', async () => {
    const step = { kind: 'suppress', by: ['sourceIPs'], period: 7_200_000 } as const;
    const run = new EngineRun([planOf([step, aggregate({ by: [by('sourceIPs'), by('n')] })].toReversed())]);
    await run.feed(
      [['1.1.1.1'], ['1.1.1.1', '2.2.2.2'], ['2.2.2.2', '1.1.1.1']].map((sourceIPs, n) =>
        eventAt('12:00', 'a', { sourceIPs, n }),
      ),
    );
    expect(run.rows.map(({ n }) => n)).toEqual(['0', '1']);
  });

  test('goes on from the finding that passed, whatever else passes with the same value', async () => {
    const step = { kind: 'suppress', by: ['sourceIPs'], period: 7_200_000 } as const;
    const run = new EngineRun([planOf([aggregate({ by: [by('sourceIPs')] }), step])]);
    await run.feed([
      eventAt('12:00', 'a', { sourceIPs: ['1.1.1.1'] }),
      eventAt('13:00', 'a', { sourceIPs: ['1.1.1.1', '2.2.2.2'] }),
      eventAt('14:00', 'a', { sourceIPs: ['1.1.1.1'] }),
    ]);
    expect(run.findings).toHaveLength(3);
  });

  test('lets findings pass when it can remember no more combinations', async () => {
    const run = new EngineRun([plan], { limits: { groups: 2 } });
    await run.feed(users(3).map((user) => eventAt('12:00', user)));
    await run.feed(users(3).map((user) => eventAt('13:00', user)));
    expect(usersOf(run)).toEqual(['u0', 'u1', 'u2', 'u2']);
    expect(run.noticeKinds).toContain('suppression_full');
  });
});
