import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/detection/finding.ts';
import type { Plan } from '../../../src/detection/plan/plan.ts';
import { riskRecords } from '../../../src/detection/risk/risk-records.ts';
import { ownScope } from '../../../src/record/own.ts';
import type { LogRecord } from '../../../src/record/record.ts';
import { at, finding, plan, risk } from './finding.ts';

const observedTime = at('2026-04-12T12:30:21Z');
const records = (changes: Partial<Finding> = {}, cluster = ''): readonly LogRecord[] =>
  riskRecords(finding(changes), { cluster, observedTime });
const withRisk = (changes: Partial<typeof risk>): Plan => ({ ...plan, risk: { ...risk, ...changes } });
const columns = (changes: Readonly<Record<string, readonly string[]>>): Finding['columns'] =>
  new Map([...finding().columns, ...Object.entries(changes)]);
const uids = (some: readonly LogRecord[]): unknown[] =>
  some.map(({ attributes }) => attributes['log.record.uid']);

test('a finding becomes a risk event that tells all of it', () => {
  const resource = { attributes: { 'k8s.cluster.name': 'harbour' } };
  const [record, ...others] = records({ resource });
  expect(others).toEqual([]);
  expect(record).toEqual({
    time: at('2026-04-12T12:30:19.770193Z'),
    observedTime,
    severityNumber: 10,
    severityText: 'low',
    eventName: 'riskpipe.risk_event',
    body: 'image web-1.18e0 from 1.2.3.4 10.40.1.11 by system:node:n1',
    attributes: {
      'log.record.uid': expect.stringMatching(/^[0-9a-f]{32}$/),
      'riskpipe.detection.id': 'suspicious-pull',
      'security_rule.name': 'Suspicious pull',
      'security_rule.uuid': '4d3a17b3-0a6d-4ae0-9421-46623a69c122',
      'security_rule.version': '3',
      'security_rule.description': 'A node pulls an image that nobody knows.',
      'security_rule.reference': 'https://example.org/a',
      'security_rule.category': 'network',
      'security_rule.license': 'Apache-2.0',
      'security_rule.ruleset.name': 'Kubernetes Security',
      'threat.techniques': [
        { id: 'T1526', name: 'Cloud Service Discovery' },
        { id: 'T1046', name: 'Network Service Discovery' },
      ],
      'threat.tactics': [{ id: 'TA0007', name: 'Discovery' }],
      'threat.objects': [
        { value: '1.2.3.4', type: 'ip_address' },
        { value: '10.40.1.11', type: 'ip_address' },
      ],
      'risk.message': 'image web-1.18e0 from 1.2.3.4 10.40.1.11 by system:node:n1',
      'risk.score': 20,
      'risk.object': 'system:node:n1',
      'risk.object.type': 'user',
      'risk.impact': 50,
      'risk.confidence': 40,
      'user.name': 'system:node:n1',
      'k8s.audit.object.resource': 'events',
      'finding.count': 1,
      'finding.fields': {
        user: 'system:node:n1',
        src_ip: ['1.2.3.4', '10.40.1.11'],
        'objectRef.name': 'web-1.18e0',
        count: '1',
      },
      'finding.window.start': '2026-04-12T12:00:00Z',
      'finding.window.end': '2026-04-12T13:00:00Z',
      'finding.window.final': false,
      'finding.late': false,
      'finding.evidence': ['e1'],
    },
    resource,
    scope: ownScope,
    traceId: '',
    spanId: '',
    flags: 0,
  });
  expect(record?.resource).toBe(resource);
});

test('what a detection leaves open is no attribute', () => {
  const about = {
    ...plan.about,
    uuid: '',
    references: [],
    license: '',
    story: [],
    attack: [{ id: 'T9999', name: '', tactics: [] }],
  };
  const [record] = records({ plan: { ...plan, about }, window: undefined, evidence: [], late: true });
  expect(
    Object.keys(record?.attributes ?? {}).filter((name) =>
      /uuid|reference|license|ruleset|tactics|window|evidence/.test(name),
    ),
  ).toEqual([]);
  expect(record?.attributes).toMatchObject({ 'threat.techniques': [{ id: 'T9999' }], 'finding.late': true });
});

test('a detection without risk makes one finding record', () => {
  const [record, ...others] = records({ plan: { ...plan, risk: undefined } });
  expect(others).toEqual([]);
  expect(record).toMatchObject({
    eventName: 'riskpipe.finding',
    severityNumber: 9,
    body: 'Suspicious pull',
    attributes: { 'finding.fields': { user: 'system:node:n1' }, 'finding.count': 1 },
  });
  expect(Object.keys(record?.attributes ?? {}).filter((name) => name.startsWith('risk.'))).toEqual([]);
});

describe('risk objects', () => {
  test.each([
    [
      ['a', 'b'],
      ['a', 'b'],
    ],
    [[''], ['']],
    [['0'], ['0']],
    [['null'], ['null']],
    [[], []],
  ])('of the values %j are %j', (user, objects) => {
    const found = records({ columns: columns({ user }) });
    expect(found.map(({ attributes }) => attributes['risk.object'])).toEqual(objects);
    expect(new Set(uids(found)).size).toBe(objects.length);
  });

  test('of a column that the row does not have are none', () => {
    const objects = [{ field: 'owner', type: 'user', score: 1, impact: undefined, confidence: undefined }];
    expect(records({ plan: withRisk({ objects }) })).toEqual([]);
  });

  test('with the same value in two columns keep their own scores and ids', () => {
    const object = { type: 'user', impact: undefined, confidence: undefined };
    const objects = [
      { ...object, field: 'user', score: 20 },
      { ...object, field: 'owner', score: 90 },
    ];
    const found = records({ plan: withRisk({ objects }), columns: columns({ owner: ['system:node:n1'] }) });
    expect(found.map(({ severityText }) => severityText)).toEqual(['low', 'critical']);
    expect(new Set(uids(found)).size).toBe(2);
  });
});

describe('the id', () => {
  const base = uids(records())[0];

  test('is the same for the same finding whenever it is seen, and whatever else it says', () => {
    const again = riskRecords(finding({ evidence: ['other'], count: 9, time: at('2026-04-12T12:40:00Z') }), {
      cluster: '',
      observedTime: 0n,
    });
    expect(uids(again)).toEqual([base]);
  });

  test.each<[string, Partial<Finding>, string]>([
    ['cluster', {}, 'harbour'],
    ['detection', { plan: { ...plan, id: 'other' } }, ''],
    ['window', { window: { start: at('2026-04-12T11:00:00Z'), end: 0n, final: false } }, ''],
    ['lack of a window', { window: undefined }, ''],
    ['keys', { keys: ['k1', 'k3'] }, ''],
    ['line of a late finding', { keys: ['k1', 'k2', 'line'], late: true }, ''],
    ['number of keys', { keys: ['k1'] }, ''],
    ['object', { columns: columns({ user: ['jane'] }) }, ''],
    [
      'type of the object',
      {
        plan: withRisk({
          objects: [
            {
              ...risk.objects[0],
              field: 'user',
              type: 'other',
              score: 20,
              impact: undefined,
              confidence: undefined,
            },
          ],
        }),
      },
      '',
    ],
    ['kind', { kind: 'close' }, ''],
  ])('differs with the %s', (_, changes, cluster) => {
    expect(uids(records(changes, cluster))[0]).not.toBe(base);
  });

  test('names the configured cluster where the resource does not', () => {
    const named = { attributes: { 'k8s.cluster.name': 'harbour' } };
    const of = (given: readonly LogRecord[]): unknown => given[0]?.attributes['k8s.cluster.name'];
    expect([of(records({}, 'blue')), of(records({})), of(records({ resource: named }, 'blue'))]).toEqual([
      'blue',
      undefined,
      undefined,
    ]);
  });

  test('takes the cluster of the resource before that of the configuration', () => {
    const resource = { attributes: { 'k8s.cluster.name': 'harbour' } };
    expect(uids(records({ resource }, 'other'))).toEqual(uids(records({}, 'harbour')));
  });
});

test('what an event can write is bounded, and what was cut is named', () => {
  const long = 'x'.repeat(5_000);
  const many = Array.from({ length: 300 }, (_, at) => `10.0.0.${at}`);
  const [record] = records({ columns: columns({ src_ip: many, 'objectRef.name': [long], user: [long] }) });
  expect(record?.attributes['riskpipe.cut']).toEqual([
    'finding.fields',
    'risk.message',
    'risk.object',
    'threat.objects',
  ]);
  expect(record?.attributes['threat.objects']).toHaveLength(64);
  expect(JSON.stringify(record?.body).length).toBeLessThan(3 * 1_024 + 30);
  expect(record?.attributes['risk.object']).toBe('x'.repeat(1_024));
});

test('a long value does not push the others out of the message', () => {
  const [record] = records({ columns: columns({ 'objectRef.name': ['x'.repeat(100_000)] }) });
  expect(record?.body).toMatch(/by system:node:n1$/);
});

test('an attribute may be called whatever a sender likes', () => {
  const context = Object.fromEntries([['__proto__', { 'risk.score': 0 }]]);
  const [record] = records({ context });
  expect(Object.entries(record?.attributes ?? {})).toContainEqual(['__proto__', { 'risk.score': 0 }]);
  expect(Object.getPrototypeOf(record?.attributes)).toBe(Object.prototype);
});

test('marks what was cut in the event before', () => {
  const [record] = records({ context: { 'riskpipe.cut': ['user_agent.original'] } });
  expect(record?.attributes['riskpipe.cut']).toEqual(['user_agent.original']);
});
