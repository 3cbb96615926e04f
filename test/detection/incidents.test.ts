import { describe, expect, test } from 'vitest';
import { Incidents, type IncidentOptions } from '../../src/detection/incidents.ts';
import type { Finding } from '../../src/detection/finding.ts';
import type { IncidentRules } from '../../src/detection/risk/incidents/incident-rules.ts';
import { incidentRecord } from '../../src/detection/risk/incidents/incident-record.ts';
import { logRecord, noResource, type LogRecord } from '../../src/record/record.ts';
import { MemoryStore } from '../../src/store/memory.ts';
import { at } from './engine-fixture.ts';

const hour = 3_600_000;
const rules: IncidentRules = {
  risk_threshold: { window: 24 * hour, score: 100 },
  tactic_threshold: { window: 168 * hour, tactics: 3, sources: 4 },
};

interface Risk {
  readonly time: string;
  readonly object?: string;
  readonly type?: string;
  readonly score?: number;
  readonly source?: string;
  readonly tactics?: readonly string[];
}

let made = 0;

function riskEvent({
  time,
  object = 'jane',
  type = 'user',
  score = 20,
  source = 'a',
  tactics = [],
}: Risk): LogRecord {
  return logRecord({
    time: at(time),
    observedTime: at(time),
    eventName: 'riskpipe.risk_event',
    resource: noResource,
    attributes: {
      'log.record.uid': `uid-${made++}`,
      'risk.object': object,
      'risk.object.type': type,
      'risk.score': score,
      'security_rule.name': source,
      'threat.tactics': tactics.map((id) => ({ id, name: id })),
    },
  });
}

/** The incidents of risk events that come one by one, in one state. */
function incidentsOf(
  events: readonly Risk[],
  given: Partial<IncidentRules> = rules,
  more: Pick<IncidentOptions, 'limits'> = {},
): readonly Finding[] {
  const options = { risk_threshold: undefined, tactic_threshold: undefined, ...given };
  const incidents = new Incidents({
    component: 'i',
    rules: options,
    cluster: '',
    idleTimeoutMs: 60_000,
    ...more,
  });
  const state = new MemoryStore().begin();
  const found: Finding[] = [];
  const output = {
    finding: (finding: Finding) => void found.push(finding),
    notice: () => {},
    isFull: () => false,
    malformed: () => {},
  };
  for (const event of events) {
    const record = riskEvent(event);
    incidents.process([record], { stream: 's', offset: 0 }, state, record.observedTime, output);
  }
  return found;
}

const minutes = (count: number, more: Partial<Risk> = {}): readonly Risk[] =>
  Array.from({ length: count }, (_, index) => ({ time: `12:${String(index).padStart(2, '0')}`, ...more }));

describe('the sum of scores over 24 hours', () => {
  test('trap 36: five events of 20 are 100, which is not above 100', () => {
    expect(incidentsOf(minutes(5))).toEqual([]);
  });

  test('trap 36: the sixth makes an incident', () => {
    const [found, ...others] = incidentsOf(minutes(6));
    expect(others).toEqual([]);
    expect(found?.plan.id).toBe('risk-threshold');
    expect(Object.fromEntries(found?.columns ?? [])).toMatchObject({
      object: ['jane'],
      object_type: ['user'],
      risk_score: ['120'],
      risk_event_count: ['6'],
      source_count: ['1'],
    });
  });

  test('one incident leaves per object and window, however many events follow', () => {
    expect(incidentsOf(minutes(40))).toHaveLength(1);
  });

  test('objects of another name or type are added up apart', () => {
    expect(
      incidentsOf([...minutes(3), ...minutes(3, { object: 'joe' }), ...minutes(3, { type: 'other' })]),
    ).toEqual([]);
  });

  test('scores add up exactly', () => {
    const old = minutes(5).map((event) => ({ ...event, score: 15 }));
    expect(incidentsOf([...old, { time: '12:30', score: 26 }])).toHaveLength(1);
    expect(incidentsOf([...old, { time: '12:30', score: 25 }])).toEqual([]);
  });
});

describe('tactics over 7 days', () => {
  const event = (source: string, tactic: string): Risk => ({
    time: '12:00',
    score: 1,
    source,
    tactics: [tactic],
  });

  test.each([
    ['3 tactics from 3 sources', [event('a', 'T1'), event('b', 'T2'), event('c', 'T3')], 0],
    ['3 tactics from 4 sources', [event('a', 'T1'), event('b', 'T2'), event('c', 'T3'), event('d', 'T3')], 1],
    [
      '2 tactics from 9 sources',
      Array.from('abcdefghi').map((source) => event(source, source < 'e' ? 'T1' : 'T2')),
      0,
    ],
    ['4 sources of one tactic', Array.from('abcd').map((source) => event(source, 'T1')), 0],
  ])('trap 37: %s', (_, events, count) => {
    expect(incidentsOf(events)).toHaveLength(count);
  });

  test('events without a tactic do not count', () => {
    const three = [event('a', 'T1'), event('b', 'T2'), event('c', 'T3')];
    expect(incidentsOf([...three, { time: '12:01', source: 'd', score: 1 }])).toEqual([]);
  });
});

test('what its engine may keep in memory bounds how many objects are counted apart', () => {
  const objects = Array.from({ length: 300 }, (_, index) => `user-${index}`);
  const events = [...objects, ...objects].map((object) => ({ time: '12:00', object, score: 60 }));
  expect(incidentsOf(events)).toHaveLength(300);
  expect(incidentsOf(events, rules, { limits: { state: 1 } }).length).toBeLessThan(300);
});

test('no rule, no incident', () => {
  expect(incidentsOf(minutes(40), {})).toEqual([]);
});

test('an incident becomes a record of its own, and equal events make equal ids', () => {
  const record = (): LogRecord | undefined => {
    made = 0;
    const [finding] = incidentsOf(minutes(6, { tactics: ['TA0007'] }));
    return finding && incidentRecord(finding, 'harbour', at('13:00'));
  };
  expect(record()).toMatchObject({
    eventName: 'riskpipe.risk_incident',
    severityText: 'medium',
    severityNumber: 13,
    body: 'Risk threshold exceeded: user jane, risk 120 from 6 risk events of 1 detection',
    attributes: {
      'k8s.cluster.name': 'harbour',
      'risk.object': 'jane',
      'risk.object.type': 'user',
      'risk.score': 120,
      'risk.events': ['uid-0', 'uid-1', 'uid-2', 'uid-3', 'uid-4', 'uid-5'],
      'riskpipe.incident.sources': ['a'],
      'threat.tactics': [{ id: 'TA0007' }],
      'finding.window.end': '2026-04-12T12:05:00Z',
    },
  });
  expect(record()).toEqual(record());
});

test.each([
  [249, 'medium'],
  [250, 'high'],
  [499, 'high'],
  [500, 'critical'],
])('a sum of %i is %s', (score, severity) => {
  const [finding] = incidentsOf([{ time: '12:00', score }]);
  expect(finding && incidentRecord(finding, '', 0n).severityText).toBe(severity);
});
