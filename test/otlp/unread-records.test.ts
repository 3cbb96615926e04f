import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/otlp/decode.ts';
import { encode } from '../../src/otlp/encode.ts';
import type { ReceivedRecords } from '../../src/record/received-records.ts';
import { record } from './arbitrary-record.ts';

const textIn = (records: ReceivedRecords | undefined, index = 0): string | undefined => {
  const text = records?.text(index);
  return text && Buffer.from(text).toString();
};

const jsonOf = (...bodies: readonly string[]): Buffer => {
  const records = bodies.map((body) => `{"body":{"stringValue":"${body}"}}`);
  return Buffer.from(`{"resourceLogs":[{"scopeLogs":[{"logRecords":[${records.join(',')}]}]}]}`);
};

describe.each(['json', 'proto'] as const)('%s', (encoding) => {
  test('a body is there as text if it is one, and a record can be read again and again', () => {
    let texts = 0;
    let others = 0;
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 4 }), (given) => {
        const { resource, scope } = given[0] ?? {};
        if (resource === undefined || scope === undefined) return;
        const alike = given.map((one) => ({ ...one, resource, scope }));
        const [records] = decode(encode(alike, encoding), encoding);
        for (const [index, { body }] of alike.entries()) {
          const read = records?.record(index);
          expect(records?.record(index)).toEqual(read);
          expect(records?.eventName(index)).toBe(read?.eventName);
          const isText = typeof read?.body === 'string';
          expect(textIn(records, index)).toBe(isText ? read.body : undefined);
          if (typeof body === 'string') texts++;
          else others++;
        }
      }),
      { seed: 8, numRuns: 200 },
    );
    expect(Math.min(texts, others)).toBeGreaterThan(20);
  });
});

test('of several values in one body of protobuf the last counts, as text or not', () => {
  const bodies = [
    [0x0a, 1, 0x61, 0x10, 1],
    [0x10, 1, 0x0a, 1, 0x61],
    [0x0a, 1, 0x61, 0x78, 1],
    [0x0a, 1, 0xff],
  ];
  const wrapped = (field: number, bytes: readonly number[]): number[] => [field, bytes.length, ...bytes];
  const records = bodies.flatMap((body) => wrapped(0x12, wrapped(0x2a, body)));
  const [received] = decode(Uint8Array.from(wrapped(0x0a, wrapped(0x12, records))), 'proto');
  const all = bodies.map((_, index) => [textIn(received, index), received?.record(index).body]);
  expect(all).toEqual([
    [undefined, true],
    ['a', 'a'],
    ['a', 'a'],
    [undefined, '\ufffd'],
  ]);
});

test('a text of JSON that UTF-8 cannot hold, or that grew as it was no UTF-8, is read from the record', () => {
  const [lone] = decode(jsonOf(String.raw`\ud800`, 'b'), 'json');
  expect([textIn(lone), lone?.record(0).body, textIn(lone, 1)]).toEqual([undefined, '\ud800', 'b']);
  const request = jsonOf('#'.repeat(200), 'b');
  request.fill(0xff, request.indexOf('#'), request.lastIndexOf('#') + 1);
  const [grown] = decode(request, 'json');
  expect([textIn(grown), grown?.record(0).body, textIn(grown, 1)]).toEqual([
    undefined,
    '\ufffd'.repeat(200),
    'b',
  ]);
});

test.each([
  ['two bodies', '{"body":{"stringValue":"a"},"body":{"stringValue":"b"}}', 'a'],
  ['two texts in one body', '{"body":{"stringValue":"a","stringValue":"b"}}', 'a'],
  ['nothing before a text', '{"body":null,"body":{"stringValue":"b"}}', null],
  ['a text and a number', '{"body":{"intValue":"1","stringValue":"a"}}', 'a'],
  ['a text in a list', '{"body":{"arrayValue":{"values":[{"stringValue":"a"}]}}}', ['a']],
])('of %s the scanner sees what the record has', (_, record, body) => {
  const request = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${record}]}]}]}`;
  const [received] = decode(Buffer.from(request), 'json');
  expect(received?.record(0).body).toEqual(body);
  expect(textIn(received)).toBe(typeof body === 'string' ? body : undefined);
});
