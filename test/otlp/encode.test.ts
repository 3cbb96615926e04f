import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.ts';
import { encode } from '../../src/otlp/encode.ts';
import { logRecord, noResource, type LogRecord } from '../../src/record/record.ts';
import type { Value } from '../../src/record/value.ts';

const base = { observedTime: 2n, resource: noResource };

function written(given: LogRecord): unknown {
  const request: unknown = JSON.parse(Buffer.from(encode([given], 'json')).toString());
  return request;
}

test('writes a record as OTLP JSON has it', () => {
  const given = logRecord({
    time: 1_700_000_000_123_456_789n,
    observedTime: 1_700_000_001_000_000_001n,
    severityNumber: 9,
    severityText: 'INFO',
    eventName: 'riskpipe.risk_event',
    body: 'pulled',
    attributes: { 'risk.score': 20, list: [1, { a: null }], bytes: new Uint8Array([1, 2]) },
    resource: { attributes: { 'k8s.cluster.name': 'c', constructor: 'kept', empty: null } },
    scope: { name: 'riskpipe', version: '1', attributes: {} },
    traceId: '0102030405060708090a0b0c0d0e0f10',
    spanId: '0102030405060708',
    flags: 1,
  });
  expect(written(given)).toEqual({
    resourceLogs: [
      {
        resource: {
          attributes: [
            { key: 'k8s.cluster.name', value: { stringValue: 'c' } },
            { key: 'constructor', value: { stringValue: 'kept' } },
            { key: 'empty', value: {} },
          ],
          droppedAttributesCount: 0,
        },
        scopeLogs: [
          {
            scope: { name: 'riskpipe', version: '1' },
            logRecords: [
              {
                timeUnixNano: '1700000000123456789',
                observedTimeUnixNano: '1700000001000000001',
                severityNumber: 9,
                severityText: 'INFO',
                eventName: 'riskpipe.risk_event',
                body: { stringValue: 'pulled' },
                attributes: [
                  { key: 'risk.score', value: { intValue: 20 } },
                  {
                    key: 'list',
                    value: {
                      arrayValue: {
                        values: [{ intValue: 1 }, { kvlistValue: { values: [{ key: 'a', value: {} }] } }],
                      },
                    },
                  },
                  { key: 'bytes', value: { bytesValue: 'AQI=' } },
                ],
                droppedAttributesCount: 0,
                traceId: '0102030405060708090a0b0c0d0e0f10',
                spanId: '0102030405060708',
                flags: 1,
              },
            ],
          },
        ],
      },
    ],
  });
});

describe.each(['json', 'proto'] as const)('%s carries', (encoding) => {
  const cases: readonly (readonly [what: string, given: Value, back: Value])[] = [
    ['a small bigint as a number', 5n, 5],
    ['the largest safe integer', 2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    ['a bigint above it as text', 2n ** 53n, '9007199254740992'],
    ['a number above it as text', 2 ** 53, '9007199254740992'],
    ['an integer beyond 64 bits as text', 1e21, '1e+21'],
    ['not a number as text', Number.NaN, 'NaN'],
    ['infinity as text', Number.NEGATIVE_INFINITY, '-Infinity'],
    ['a fraction', 0.1, 0.1],
    ['an empty list', [], []],
    ['an empty map', {}, {}],
    ['no bytes', new Uint8Array(), new Uint8Array()],
    ['an empty text', '', ''],
    ['nothing', null, null],
    ['a lone surrogate as U+FFFD', 'a\ud800b', 'a\ufffdb'],
    ['a pair of surrogates', '😀', '😀'],
  ];
  test.each(cases)('%s', (_, given, back) => {
    const [[record] = []] = decoded(encode([logRecord({ ...base, body: given })], encoding), encoding);
    expect(record?.body).toEqual(back);
  });

  test.each([
    ['before 1970', -1n],
    ['after 2554', 2n ** 64n],
  ])('a time %s as unknown', (_, time) => {
    const [[record] = []] = decoded(encode([logRecord({ ...base, time })], encoding), encoding);
    expect(record?.time).toBeUndefined();
  });
});

test('keeps more than 128 attributes', () => {
  const attributes = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`a${index}`, index]));
  const [[record] = []] = decoded(encode([logRecord({ ...base, attributes })], 'proto'), 'proto');
  expect(record?.attributes).toEqual(attributes);
});

test('groups by resource, then by scope, in the order of first appearance', () => {
  const from = (pod: string, name: string, body: string): LogRecord =>
    logRecord({
      observedTime: 1n,
      body,
      resource: { attributes: { pod } },
      scope: { name, version: '', attributes: {} },
    });
  const lists = decoded(
    encode([from('a', 'x', '1'), from('b', 'x', '2'), from('a', 'y', '3'), from('a', 'x', '4')], 'proto'),
    'proto',
  );
  expect(lists.map((list) => list.map(({ body }) => body))).toEqual([['1', '4', '3'], ['2']]);
});

test('does not take bytes for the text of their base64', () => {
  const of = (value: Value): LogRecord =>
    logRecord({ observedTime: 1n, resource: { attributes: { value } } });
  const lists = decoded(encode([of('AQI='), of(new Uint8Array([1, 2]))], 'json'), 'json');
  expect(lists).toHaveLength(2);
});
