import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hecEvent, type EventMetadata } from '../../../src/exporters/splunk-hec/hec-event.ts';
import { logRecord, noResource, type LogRecord } from '../../../src/record/record.ts';
import type { Attributes } from '../../../src/record/value.ts';
import { record } from '../../otlp/arbitrary-record.ts';
import { riskEvent } from '../risk-event.ts';
import { problemOf } from './hec-server.ts';

const plain: EventMetadata = { source: undefined, sourcetype: undefined, index: undefined };

const eventOf = (record: LogRecord, metadata = plain): Record<string, unknown> =>
  JSON.parse(hecEvent(record, metadata));

const fieldsOf = (record: LogRecord): unknown => eventOf(record)['fields'];

/** A record of nobody in particular. */
const withAttributes = (attributes: Attributes): LogRecord =>
  logRecord({ observedTime: 1n, resource: noResource, body: 'x', attributes });

test('a risk event has its message, its time, its severity and where it comes from', () => {
  const record = riskEvent({ resource: { attributes: { 'host.name': 'node-1', 'k8s.cluster.name': 'c' } } });
  expect(eventOf(record)).toMatchObject({
    time: 1775997019.770193,
    host: 'node-1',
    source: 'ESCU - Kubernetes suspicious image pulling - Rule',
    event: 'Suspicious image web-7c9d.18e pulled by user system:node:n1',
    fields: {
      'k8s.cluster.name': 'c',
      'log.record.uid': '5f1c0000000000000000000000000001',
      'otel.log.name': 'riskpipe.risk_event',
      'otel.log.severity.number': 10,
      'otel.log.severity.text': 'low',
      'container.image.tags': ['latest'],
      'threat.techniques': '[{"id":"T1526","name":"Cloud Service Discovery"}]',
    },
  });
});

test('the fields of the Risk data model are there', () => {
  const attributes = {
    'security_rule.name': 'Pulls',
    'security_rule.description': 'finds pulls',
    'security_rule.ruleset.name': 'Kubernetes Security, Images',
    'risk.object': 'ada',
    'risk.object.type': 'user',
    'risk.score': 20,
    'risk.message': 'ada pulled',
    'threat.objects': [
      { value: '192.0.2.7', type: 'ip_address' },
      { value: 'curl', type: 'process_name' },
    ],
    'threat.techniques': [{ id: 'T1526', name: 'Cloud Service Discovery' }, { id: 'T1078' }],
    'threat.tactics': [{ id: 'TA0007', name: 'Discovery' }],
    'riskpipe.annotations': { nist: ['DE.AE'], type: ['Anomaly'], other: ['DE.AE'] },
    'finding.window.start': '2026-04-12T12:00:00Z',
    'finding.window.end': '2026-04-12T13:00:00.5Z',
    'finding.fields': { src_ip: '192.0.2.7', count: '3', namespaces: ['a', 'b'] },
  };
  expect(fieldsOf(riskEvent({ attributes }))).toMatchObject({
    risk_object: 'ada',
    risk_object_type: 'user',
    risk_score: 20,
    risk_message: 'ada pulled',
    search_name: 'ESCU - Pulls - Rule',
    savedsearch_description: 'finds pulls',
    analyticstories: ['Kubernetes Security', 'Images'],
    threat_object: ['192.0.2.7', 'curl'],
    threat_object_type: ['ip_address', 'process_name'],
    'annotations.mitre_attack': ['T1526', 'T1078'],
    'annotations.mitre_attack.mitre_technique_id': ['T1526', 'T1078'],
    'annotations.mitre_attack.mitre_tactic_id': ['TA0007'],
    'annotations.nist': ['DE.AE'],
    'annotations._all': ['T1526', 'T1078', 'DE.AE', 'Anomaly'],
    info_min_time: 1775995200,
    info_max_time: 1775998800.5,
    src_ip: '192.0.2.7',
    count: '3',
    namespaces: ['a', 'b'],
  });
});

test('a column of the row does not speak over a field that is there, or over Splunk', () => {
  const columns = { risk_score: '100', 'user.name': 'root', index: 'main', _time: '0', verb: 'get' };
  const attributes = { 'risk.score': 20, 'user.name': 'ada', 'finding.fields': columns };
  const fields = fieldsOf(riskEvent({ attributes }));
  expect(fields).toMatchObject({ risk_score: 20, 'user.name': 'ada', verb: 'get' });
  expect(fields).toMatchObject({ 'finding.fields.index': 'main', 'finding.fields._time': '0' });
  expect(Object.keys(fields ?? {})).not.toEqual(expect.arrayContaining(['index']));
  expect(Object.keys(fields ?? {})).not.toEqual(expect.arrayContaining(['_time']));
});

test.each(['riskpipe.risk_incident', 'riskpipe.notice', 'riskpipe.finding', ''])(
  'a record of event name "%s" adds nothing to the risk of an object',
  (eventName) => {
    const attributes = { 'risk.object': 'ada', 'risk.score': 120, 'security_rule.name': 'Threshold' };
    const fields = fieldsOf(riskEvent({ eventName, attributes }));
    expect(fields).toMatchObject({ 'risk.object': 'ada', 'risk.score': 120 });
    expect(Object.keys(fields ?? {}).filter((name) => name.startsWith('risk_'))).toEqual([]);
  },
);

describe('what is configured', () => {
  test('wins over the name of the search', () => {
    const metadata = { source: 's', sourcetype: 't', index: 'i' };
    expect(eventOf(riskEvent(), metadata)).toMatchObject(metadata);
  });

  test('is left out, and the host, where nobody says it', () => {
    expect(Object.keys(eventOf(withAttributes({})))).toEqual(['time', 'event', 'fields']);
  });

  test('is not what the resource says of the log', () => {
    const attributes = { 'com.splunk.index': 'audit', 'com.splunk.source': 'kubernetes' };
    const event = eventOf(riskEvent({ resource: { attributes } }));
    expect(event['index']).toBeUndefined();
    expect(event['source']).toMatch(/^ESCU/);
    expect(event['fields']).toMatchObject(attributes);
  });
});

test.each<[string, Attributes, object]>([
  ['nothing', { a: null, b: [], c: {}, d: [null] }, {}],
  ['a map', { a: { b: { c: 1, d: ['x'] } } }, { 'a.b.c': 1, 'a.b.d': ['x'] }],
  ['a list of scalars', { a: [1, true, 'x', null] }, { a: ['1', 'true', 'x'] }],
  ['a nested list', { a: [[1], { b: 2n }] }, { a: '[[1],{"b":2}]' }],
  ['numbers', { a: true, b: 1.5, c: NaN, d: 1e300 }, { a: true, b: 1.5, c: 'NaN', d: '1e+300' }],
  ['64-bit integers', { a: 5n, b: 2n ** 63n }, { a: 5, b: '9223372036854775808' }],
  ['bytes', { a: Uint8Array.of(1, 2) }, { a: 'AQI=' }],
  [
    "names of Splunk's own",
    { host: 'a', _raw: 'b', time: 1 },
    { 'attribute.host': 'a', 'attribute._raw': 'b', 'attribute.time': 1 },
  ],
])('%s among the attributes become flat fields', (_, attributes, fields) => {
  expect(fieldsOf(withAttributes(attributes))).toEqual(fields);
});

test.each([
  [1_775_995_200_000_000_000n, '{"time":1775995200,'],
  [1_775_995_200_000_000_001n, '{"time":1775995200.000000001,'],
  [10n ** 30n, '{"time":1000000000000000000000,'],
])('the time %s begins %s: decimal, as HEC reads no exponent', (time, begins) => {
  expect(hecEvent(logRecord({ time, observedTime: 1n, resource: noResource }), plain)).toMatch(begins);
});

test('half of a surrogate pair becomes U+FFFD, and text that looks like its escape stays', () => {
  const { event } = eventOf(
    logRecord({ observedTime: 1n, resource: noResource, body: '\ud800 \\ud800 \\\udc00 \u{1f600}' }),
  );
  expect(event).toBe('\ufffd \\ud800 \\\ufffd \u{1f600}');
});

test('HEC takes every record, whatever it holds', () => {
  const seen = new Set<boolean>();
  fc.assert(
    fc.property(record, fc.boolean(), (made, isRisk) => {
      const eventName = isRisk ? 'riskpipe.risk_event' : made.eventName;
      const nested = { 'finding.fields': made.attributes, 'riskpipe.annotations': made.attributes };
      const attributes = { ...made.attributes, ...(isRisk && nested) };
      const text = hecEvent({ ...made, eventName, attributes }, plain);
      seen.add(text.includes('"annotations.'));
      expect(problemOf(text), text).toBeUndefined();
    }),
    { seed: 29, numRuns: 500 },
  );
  expect(seen).toEqual(new Set([true, false]));
});
