import { describe, expect, test } from 'vitest';
import { decoded } from './decoded.ts';
import { OtlpError } from '../../src/otlp/otlp-error.ts';
import type { LogRecord } from '../../src/record/record.ts';

type Bytes = readonly number[] | Uint8Array;

/** A length-delimited field. */
function field(number: number, content: Bytes | string): Bytes {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Uint8Array.from(content);
  return Buffer.concat([Uint8Array.of((number << 3) | 2, ...varint(bytes.length)), bytes]);
}

function varint(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}

const request = (record: Bytes): Bytes => field(1, field(2, field(2, record)));
const decode = (bytes: Bytes): readonly (readonly LogRecord[])[] => decoded(Uint8Array.from(bytes), 'proto');
const one = (record: Bytes): LogRecord | undefined => decode(request(record))[0]?.[0];

function problem(bytes: Bytes): string {
  try {
    decode(bytes);
  } catch (error) {
    if (error instanceof OtlpError) return error.message;
    throw error;
  }
  return 'none';
}

test('an empty body is an empty request', () => expect(decode([])).toEqual([]));

test('a resource and a scope count wherever they stand in their message', () => {
  const attribute = field(1, [...field(1, 'a'), ...field(2, field(1, 'b'))]);
  const scopeLogs = [...field(2, field(12, 'first')), ...field(1, field(1, 'scope'))];
  const [[record] = []] = decode(field(1, [...field(2, scopeLogs), ...field(1, attribute)]));
  expect(record).toMatchObject({
    eventName: 'first',
    scope: { name: 'scope' },
    resource: { attributes: { a: 'b' } },
  });
});

test('passes over fields it does not know, of every wire type', () => {
  const tag = (number: number, wireType: number): readonly number[] => varint((number << 3) | wireType);
  const unknown = [
    tag(20, 0).concat(0x80, 0x01),
    tag(21, 1).concat(1, 2, 3, 4, 5, 6, 7, 8),
    tag(22, 5).concat(1, 2, 3, 4),
    tag(23, 2).concat(1, 255),
  ].flat();
  expect(one([...unknown, ...field(12, 'kept')])?.eventName).toBe('kept');
});

test('reads 64-bit integers exactly', () => {
  const body = (bytes: Bytes): unknown => one(field(5, [3 << 3, ...bytes]))?.body;
  expect(body([255, 255, 255, 255, 255, 255, 255, 255, 255, 1])).toBe(-1);
  expect(body([255, 255, 255, 255, 255, 255, 255, 255, 127])).toBe(2n ** 63n - 1n);
});

test('bytes are a copy, whatever kind of array the request lies in', () => {
  const bytes = Buffer.from(request(field(5, field(7, [1, 2]))));
  const body = decoded(bytes, 'proto')[0]?.[0]?.body;
  bytes.fill(0);
  expect(body).toStrictEqual(Uint8Array.of(1, 2));
});

describe('refuses:', () => {
  const cases: readonly (readonly [string, Bytes, string])[] = [
    [
      'a message cut short',
      [0x0a, 5, 1],
      'byte 2: the message ends early: 5 bytes were announced, 1 are there',
    ],
    ['a tag cut short', [0x80], 'byte 1: the message ends early: 1 bytes were announced, 0 are there'],
    [
      'a tag without end',
      [0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
      'byte 5: a tag or length has more than 5 bytes',
    ],
    ['a tag above 32 bits', [0xff, 0xff, 0xff, 0xff, 0x7f], 'a tag or length is above 32 bits'],
    ['field number 0', [0x02, 0], 'byte 1: 0 is no field number'],
    ['another wire type', [0x08, 1], 'byte 1: field 1 is not a length and bytes'],
    ['a group', [...varint((9 << 3) | 3)], 'field 9 has wire type 3, which OTLP does not use'],
    ['a text for a time', request(field(1, 'x')), 'field 1 is not 8 bytes'],
    ['a text for flags', request(field(8, 'x')), 'field 8 is not 4 bytes'],
    ['a text for a number', request(field(2, 'x')), 'field 2 is not a varint'],
    [
      'a varint without end',
      request([0x10, ...Array.from({ length: 11 }, () => 255)]),
      'a varint has more than 10 bytes',
    ],
    ['a short trace id', request(field(9, 'x')), 'a trace id has 16 bytes, this one 1'],
    ['a long span id', request(field(10, '123456789')), 'a span id has 8 bytes, this one 9'],
  ];
  test.each(cases)('%s', (_, bytes, message) => expect(problem(bytes)).toContain(message));
});

test.each([
  [128, true],
  [129, false],
  [5_000, false],
])('a value nested %i deep: taken %s', (depth, taken) => {
  let value: Bytes = [];
  for (let level = 0; level < depth; level++) value = field(5, field(1, value));
  expect(problem(request(field(5, value))).includes('nested more than 128 deep')).toBe(!taken);
});

test('refuses more records than one unit of work should hold', () => {
  const many = Array.from({ length: 100_001 }, () => [0x12, 0]).flat();
  expect(problem(field(1, field(2, many)))).toContain('more than 100000 records');
});
