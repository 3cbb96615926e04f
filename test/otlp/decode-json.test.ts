import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.ts';
import { OtlpError } from '../../src/otlp/otlp-error.ts';
import type { LogRecord } from '../../src/record/record.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const request = (record: string): Uint8Array =>
  bytes(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[${record}]}]}]}`);
const one = (record: string): LogRecord | undefined => decoded(request(record), 'json')[0]?.[0];
const body = (value: string): unknown => one(`{"body":${value}}`)?.body;

function problem(text: Uint8Array): string {
  try {
    decoded(text, 'json');
  } catch (error) {
    if (error instanceof OtlpError) return error.message;
    throw error;
  }
  return 'none';
}

test('fills what a sender left out', () => {
  expect(one('{}')).toEqual({
    time: undefined,
    observedTime: 0n,
    severityNumber: 0,
    severityText: '',
    eventName: '',
    body: null,
    attributes: {},
    resource: { attributes: {} },
    scope: { name: '', version: '', attributes: {} },
    traceId: '',
    spanId: '',
    flags: 0,
  });
});

describe('reads', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['{"stringValue":"a"}', 'a'],
    ['{"boolValue":false}', false],
    ['{"intValue":"-7"}', -7],
    ['{"intValue":7}', 7],
    ['{"intValue":9223372036854775807}', 2n ** 63n - 1n],
    ['{"intValue":"-9223372036854775808"}', -(2n ** 63n)],
    ['{"doubleValue":1.5}', 1.5],
    ['{"doubleValue":"-Infinity"}', Number.NEGATIVE_INFINITY],
    ['{"doubleValue":"NaN"}', Number.NaN],
    ['{"bytesValue":"AQI="}', new Uint8Array([1, 2])],
    ['{"bytesValue":"-_8"}', new Uint8Array([251, 255])],
    ['{"arrayValue":{}}', []],
    ['{"arrayValue":{"values":[{"intValue":1},{}]}}', [1, null]],
    ['{"kvlistValue":{"values":[{"key":"a"},{"key":"b","value":{"boolValue":true}}]}}', { a: null, b: true }],
    ['{"kvlistValue":{"values":[{"key":"a","value":{"intValue":1}},{"key":"a"}]}}', { a: 1 }],
    ['{"stringValue":null,"intValue":3}', 3],
    ['{"unknownValue":{"x":[]}}', null],
    ['null', null],
  ];
  test.each(cases)('%s', (text, value) => expect(body(text)).toEqual(value));
});

test('takes ids in either letter case and times as text or number', () => {
  const record = one(
    '{"traceId":"0102030405060708090A0B0C0D0E0F10","spanId":"","timeUnixNano":18446744073709551615,"observedTimeUnixNano":"5","severityNumber":99,"flags":1}',
  );
  expect(record).toMatchObject({
    traceId: '0102030405060708090a0b0c0d0e0f10',
    spanId: '',
    time: 2n ** 64n - 1n,
    observedTime: 5n,
    severityNumber: 0,
    flags: 1,
  });
});

describe('refuses, naming the path:', () => {
  const at = 'resourceLogs[0].scopeLogs[0].logRecords[0]';
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['half a text', bytes('{"resourceLogs":['), 'the request is not valid JSON: it is broken, or ends early'],
    ['nothing', bytes(''), 'the request is not valid JSON: it is broken, or ends early'],
    ['a list', bytes('[]'), 'the request is not an object'],
    ['a wrong list', bytes('{"resourceLogs":{}}'), 'resourceLogs is not a list'],
    ['a wrong element', bytes('{"resourceLogs":[1]}'), 'resourceLogs[0] is not an object'],
    ['a wrong text', request('{"severityText":1}'), `${at}.severityText is not a text`],
    ['a name for a number', request('{"severityNumber":"INFO"}'), `${at}.severityNumber is not an integer`],
    ['a fraction', request('{"timeUnixNano":"1.5"}'), `${at}.timeUnixNano is not an integer`],
    [
      'a negative time',
      request('{"timeUnixNano":-1}'),
      `${at}.timeUnixNano is not an integer from 0 to 18446744073709551615`,
    ],
    [
      'too large an integer',
      request('{"body":{"intValue":"9223372036854775808"}}'),
      `${at}.body.intValue is not`,
    ],
    ['a short id', request('{"traceId":"01"}'), `${at}.traceId is not 32 hexadecimal digits`],
    ['no id', request('{"spanId":"010203040506070g"}'), `${at}.spanId is not 16 hexadecimal digits`],
    ['no base64', request('{"body":{"bytesValue":"a b"}}'), `${at}.body.bytesValue is not base64`],
    ['no truth', request('{"body":{"boolValue":"true"}}'), `${at}.body.boolValue is not true or false`],
    ['no number', request('{"body":{"doubleValue":"x"}}'), `${at}.body.doubleValue is not a number`],
    ['an empty number', request('{"body":{"doubleValue":""}}'), `${at}.body.doubleValue is not a number`],
    [
      'a wrong attribute',
      request('{"attributes":[{"key":"a"},{"key":2}]}'),
      `${at}.attributes[1].key is not a text`,
    ],
  ];
  test.each(cases)('%s', (_, text, message) => expect(problem(text)).toContain(message));
});

test.each([
  [128, true],
  [129, false],
  [50_000, false],
])('a value nested %i deep: taken %s', (depth, taken) => {
  const text = `{"body":${'{"arrayValue":{"values":['.repeat(depth)}{}${']}}'.repeat(depth)}}`;
  expect(problem(request(text)).includes('nested more than 128 deep')).toBe(!taken);
});

test('refuses more records than one unit of work should hold', () => {
  const many = request(Array.from({ length: 100_001 }, () => '{}').join(','));
  expect(problem(many)).toContain('more than 100000 records');
});

test('refuses more values than memory should hold, before it parses them', () => {
  expect(problem(bytes(`[${',['.repeat(1_000_001)}`))).toContain('more than 2000000 values');
});

test('commas and brackets within a text are no values', () => {
  const text = '\\",[{'.repeat(700_000);
  expect(body(`{"stringValue":"${text}"}`)).toBe('",[{'.repeat(700_000));
});
