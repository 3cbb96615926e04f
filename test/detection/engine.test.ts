import { describe, expect, test } from 'vitest';
import type { Meaning } from '../../src/detection/operators/row.ts';
import type { AllowEntry } from '../../src/detection/plan/plan.ts';
import { hashOf } from '../../src/record/hash.ts';
import { logRecord } from '../../src/record/record.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import { formatTime } from '../../src/record/time.ts';
import {
  aggregate,
  at,
  atLeast,
  by,
  EngineRun,
  eventAt,
  is,
  measure,
  planOf,
  resource,
} from './engine-fixture.ts';

const entry = (index: number, user: string, expires?: string): AllowEntry => ({
  allowlist: 'list',
  index,
  where: is('user.username', user),
  owner: 'o',
  reason: 'r',
  expires: expires === undefined ? undefined : at(expires),
});

describe('lines', () => {
  test('that are no JSON object are malformed: counted, and reported with where they end and why', async () => {
    const run = new EngineRun([planOf([])]);
    await run.feed(['x', '{"a":', '[1]', '{"a":1,}', '"{}"', `  ${eventAt('12:00', 'a')}\t`, '{}']);
    expect(run.count('malformed')).toBe(5);
    expect(run.count('evaluated')).toBe(2);
    expect(run.findings).toHaveLength(1);
    expect(run.output.malformedLines).toEqual([
      ['s.log', 2, 'is not framed by "{" and "}"'],
      ['s.log', 8, 'is not framed by "{" and "}"'],
      ['s.log', 12, 'is not framed by "{" and "}"'],
      ['s.log', 21, 'is not valid JSON'],
      ['s.log', 26, 'is not framed by "{" and "}"'],
    ]);
  });

  test('that are our own events are passed over', async () => {
    const run = new EngineRun([planOf([])]);
    const body = eventAt('12:00', 'a');
    const records = ['riskpipe.notice', 'audit', 'riskpipe.risk_event'].map((eventName) =>
      logRecord({ observedTime: 0n, resource, eventName, body }),
    );
    const batch = new RecordBatch(records, 'otlp', { stream: 's', offset: 10 });
    await run.commit((state) => run.engine.process(batch, state, run.now, run.output));
    expect(run.count('evaluated')).toBe(1);
    expect(run.findings).toHaveLength(1);
  });

  test('may nest as deep as they like', async () => {
    const run = new EngineRun([planOf([aggregate()])]);
    const deep = `${'['.repeat(20_000)}1${']'.repeat(20_000)}`;
    await run.feed([eventAt('12:00', 'a').replace('"a"}', `"a","x":${deep}}`)]);
    expect(run.findings).toHaveLength(1);
  });
});

describe('event time', () => {
  const stamps = {
    stageTimestamp: '2026-04-12T12:00:00.5Z',
    requestReceivedTimestamp: '2026-04-12T11:00:00Z',
  };
  for (const [name, given, expected] of [
    ['is the stage timestamp', {}, '2026-04-12T12:00:00.500Z'],
    ['is the request timestamp if the other is null', { stageTimestamp: null }, '2026-04-12T11:00:00Z'],
    [
      'is the request timestamp if the other is unreadable',
      { stageTimestamp: 'noon' },
      '2026-04-12T11:00:00Z',
    ],
    [
      'is the receive time if the event has none',
      { stageTimestamp: null, requestReceivedTimestamp: 17 },
      '2026-04-12T23:00:00Z',
    ],
  ] as const) {
    test(name, async () => {
      const run = new EngineRun([planOf([])]);
      await run.feed([JSON.stringify({ verb: 'create', ...stamps, ...given })]);
      expect(run.findings.map(({ time }) => formatTime(time))).toEqual([expected]);
    });
  }
});

test('a finding carries what its batch carries, but what the event says of itself goes first', async () => {
  const contextOf: Meaning['contextOf'] = (_, source) => ({ ...source, 'user.name': 'event' });
  const run = new EngineRun([planOf([])], { contextOf });
  const batch = run.batchOf([eventAt('12:00', 'a')], 's', false, {
    'user.name': 'file',
    'log.file.name': 'x',
  });
  await run.commit((state) => run.engine.process(batch, state, run.now, run.output));
  expect(run.findings[0]?.context).toEqual({ 'user.name': 'event', 'log.file.name': 'x' });
});

describe('a plan without aggregate', () => {
  test('finds each row that matches, by the id of its line', async () => {
    const contextOf = (): { readonly 'user.name': string } => ({ 'user.name': 'x' });
    const run = new EngineRun([planOf([])], { contextOf });
    const line = eventAt('12:00', 'a');
    await run.feed([line, eventAt('12:00', 'b', { verb: 'get' }), line]);
    const [first, second, ...others] = run.findings;
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      kind: 'first',
      late: false,
      count: 1,
      window: undefined,
      keys: [hashOf(line)],
      evidence: [hashOf(line)],
      context: { 'user.name': 'x' },
      resource,
    });
    expect(first?.columns.size).toBe(0);
    expect(second?.keys).toEqual(first?.keys);
  });

  test('cannot have a condition on groups', () => {
    expect(() => new EngineRun([planOf([atLeast('count', 1)])])).toThrow('bug: plan "p" has having without');
  });
});

describe('an allowlist', () => {
  test('excuses rows, and each is counted for the first entry that does', async () => {
    const entries = [entry(0, 'a'), entry(3, 'b'), entry(4, 'b')];
    const run = new EngineRun([planOf([{ kind: 'allow', entries }])]);
    await run.feed(['a', 'b', 'b', 'c'].map((user) => eventAt('12:00', user)));
    expect(run.findings).toHaveLength(1);
    expect(run.counters).toEqual({
      'allowlist/list/0': 1,
      'allowlist/list/3': 2,
      evaluated: 4,
      'detection/p/allowed': 3,
      'detection/p/counted': 1,
      'detection/p/emitted': 1,
      'detection/p/findings': 1,
    });
  });

  test('no longer excuses from the expiry of an entry on, in event time, and counts what it would have', async () => {
    const entries = [entry(0, 'a', '12:30')];
    const run = new EngineRun([planOf([{ kind: 'allow', entries }])]);
    await run.feed(['12:29:59.999', '12:30', '12:31'].map((clock) => eventAt(clock, 'a')));
    expect(run.findings.map(({ time }) => time)).toEqual([at('12:30'), at('12:31')]);
    expect(run.count('detection/p/allowed')).toBe(1);
    expect(run.count('allowlist/list/0/expired')).toBe(2);
  });

  test('says once that an entry has expired, whatever plans it is in, when a row would have needed it', async () => {
    const allow = planOf([{ kind: 'allow', entries: [entry(0, 'a', '12:30'), entry(1, 'b', '12:30')] }]);
    const run = new EngineRun([allow, { ...allow, id: 'q' }]);
    await run.feed([eventAt('12:29', 'a'), eventAt('12:40', 'c')]);
    expect(run.noticeKinds).toEqual([]);
    await run.feed([eventAt('12:41', 'a')]);
    run.restart();
    await run.feed([eventAt('12:42', 'a'), eventAt('12:43', 'b')]);
    expect(run.output.notices.map(({ kind, message, time }) => [kind, message, time])).toEqual(
      [0, 1].map((index) => [
        'allowlist_expired',
        `entry ${index} of the allowlist "list" has expired and no longer allows (owner o: r)`,
        at(index === 0 ? '12:41' : '12:43'),
      ]),
    );
    expect(run.output.noticeResources).toEqual([resource, resource]);
  });

  test('asks the entries behind an expired one', async () => {
    const entries = [entry(0, 'a', '12:30'), entry(1, 'a')];
    const run = new EngineRun([planOf([{ kind: 'allow', entries }])]);
    await run.feed([eventAt('12:40', 'a')]);
    expect(run.count('detection/p/allowed')).toBe(1);
    expect(run.count('allowlist/list/0/expired')).toBe(1);
    expect(run.count('allowlist/list/1')).toBe(1);
  });

  test('lists the entries that have expired, each once', () => {
    const entries = [entry(0, 'a', '12:30'), entry(1, 'a'), entry(2, 'b', '22:00')];
    const allow = planOf([{ kind: 'allow', entries }]);
    const { engine } = new EngineRun([allow, { ...allow, id: 'q' }]);
    expect(engine.expiredEntries(at('12:29')).map(({ index }) => index)).toEqual([]);
    expect(engine.expiredEntries(at('12:30')).map(({ index }) => index)).toEqual([0]);
    expect(engine.expiredEntries(at('23:00')).map(({ index }) => index)).toEqual([0, 2]);
  });
});

describe('what one event makes leave', () => {
  const two = [by('user.username'), by('sourceIPs')];

  test('is one finding that holds only what is new, in the order of the event', async () => {
    const run = new EngineRun([planOf([aggregate({ by: two })])]);
    await run.feed([
      eventAt('12:00', 'a', { sourceIPs: ['10.0.0.2', '10.0.0.1'] }),
      eventAt('12:01', 'a', { sourceIPs: ['10.0.0.3', '10.0.0.2', '10.0.0.1', '10.0.0.0'] }),
      eventAt('12:02', 'a', { sourceIPs: ['10.0.0.0', '10.0.0.3'] }),
    ]);
    expect(run.rows).toEqual([
      { 'user.username': 'a', sourceIPs: ['10.0.0.2', '10.0.0.1'], count: '1' },
      { 'user.username': 'a', sourceIPs: ['10.0.0.3', '10.0.0.0'], count: '1' },
    ]);
    expect(run.findings[0]?.keys).toEqual(['["a","10.0.0.1"]', '["a","10.0.0.2"]']);
    expect(run.findings[0]?.window).toEqual({ start: at('12:00'), end: at('13:00'), final: false });
    expect(run.count('detection/p/counted')).toBe(3);
    expect(run.count('detection/p/findings')).toBe(2);
  });

  test('leaves again in the next window', async () => {
    const run = new EngineRun([planOf([aggregate()])]);
    await run.feed(['12:00', '12:59:59.999', '13:00'].map((clock) => eventAt(clock, 'a')));
    expect(run.findings.map(({ time }) => time)).toEqual([at('12:00'), at('13:00')]);
  });

  test('counts each combination by itself, so that forged addresses split no count', async () => {
    const run = new EngineRun([planOf([aggregate({ by: [by('sourceIPs')] }), atLeast('count', 3)])]);
    for (const forged of ['1.1.1.1', '1.1.1.2', '1.1.1.3']) {
      await run.feed([eventAt('12:00', 'a', { sourceIPs: [forged, '192.0.2.1'] })]);
    }
    expect(run.rows).toEqual([{ sourceIPs: '192.0.2.1', count: '3' }]);
    expect(run.findings[0]).toMatchObject({ count: 3, kind: 'first' });
    expect(run.findings[0]?.evidence).toHaveLength(3);
  });

  test('shows the measures as they were when it left', async () => {
    const measures = [measure('count'), measure('values', 'x'), measure('max', 'n'), measure('min', 'none')];
    const run = new EngineRun([planOf([aggregate({ measures }), atLeast('count', 2)])]);
    await run.feed([
      eventAt('12:00', 'a', { x: 'q', n: 7 }),
      eventAt('12:01', 'a', { x: ['p', 'q'], n: 12 }),
      eventAt('12:02', 'a', { x: 'z', n: 99 }),
    ]);
    expect(run.rows).toEqual([{ 'user.username': 'a', count: '2', values_x: ['p', 'q'], max_n: '12' }]);
  });

  test('lets a condition look at group columns', async () => {
    const having = { kind: 'having', where: is('user.username', 'b') } as const;
    const run = new EngineRun([planOf([aggregate(), having])]);
    await run.feed(['a', 'b', 'c'].map((user) => eventAt('12:00', user)));
    expect(run.rows).toEqual([{ 'user.username': 'b', count: '1' }]);
  });

  test('is nothing for a row that lacks a group field: it is unmatched', async () => {
    const run = new EngineRun([planOf([aggregate({ by: [by('user.username'), by('gone')] })])]);
    await run.feed([eventAt('12:00', 'a')]);
    expect(run.counters).toEqual({ evaluated: 1, 'detection/p/unmatched': 1 });
  });

  test('reads a missing field as its default', async () => {
    const run = new EngineRun([planOf([aggregate({ by: [by('user.username'), by('gone', '0')] })])]);
    await run.feed([eventAt('12:00', 'a')]);
    expect(run.rows).toEqual([{ 'user.username': 'a', gone: '0', count: '1' }]);
  });

  test('lists at most ten source lines, the oldest', async () => {
    const run = new EngineRun([planOf([aggregate(), atLeast('count', 12)])]);
    const lines = Array.from({ length: 12 }, (_, index) => eventAt(`12:${String(30 - index)}`, 'a'));
    await run.feed(lines);
    expect(run.findings[0]?.count).toBe(12);
    expect(run.findings[0]?.evidence).toEqual(
      lines
        .toReversed()
        .slice(0, 10)
        .map((line) => hashOf(line)),
    );
  });
});

describe('several plans', () => {
  test('speak in their order for each event, and each has its own counters', async () => {
    const plans = ['b', 'a'].map((id) => planOf([aggregate()], { id }));
    const run = new EngineRun([...plans, planOf([], { id: 'c', where: is('verb', 'get') })]);
    await run.feed([eventAt('12:00', 'x'), eventAt('12:00', 'y')]);
    expect(run.findings.map(({ plan }) => plan.id)).toEqual(['b', 'a', 'b', 'a']);
    expect(run.count('detection/a/counted')).toBe(2);
    expect(run.count('detection/c/unmatched')).toBe(2);
  });
});
