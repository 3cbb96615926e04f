import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decoded } from '../otlp/decoded.ts';
import { RecordBatch } from '../../src/record/record-batch.ts';
import type { LogRecord } from '../../src/record/record.ts';

/** An AnyValue of OTLP's JSON for a value of JSON, as a sender makes one of a parsed audit event. */
function anyValue(value: unknown): object {
  if (value === null) return {};
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
  if (Array.isArray(value)) return { arrayValue: { values: value.map(anyValue) } };
  return { kvlistValue: { values: Object.entries(value as object).map(keyValue) } };
}

const keyValue = ([key, value]: [string, unknown]): object => ({ key, value: anyValue(value) });

const requestOf = (body: object): Uint8Array =>
  Buffer.from(JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body }] }] }] }));

function lineOf(records: readonly LogRecord[]): string {
  return new RecordBatch(records, 'test', { stream: 's', offset: 0 }).line(0).text;
}

test('the body of a record is the same event as text, as bytes and as a map', () => {
  let nested = 0;
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 6, noUnicodeString: false })),
      (event) => {
        const text = JSON.stringify(event);
        const same: unknown = JSON.parse(text);
        if (/[[{]/.test(text.slice(1))) nested++;
        const bytes = Buffer.from(text).toString('base64');
        for (const body of [{ stringValue: text }, { bytesValue: bytes }, anyValue(same)]) {
          expect(JSON.parse(lineOf(decoded(requestOf(body), 'json').flat()))).toEqual(same);
        }
      },
    ),
    { seed: 7, numRuns: 500 },
  );
  expect([nested > 50, nested < 450]).toEqual([true, true]);
});

test.each([
  [
    'of repeated keys the first',
    '{"a":1}',
    [
      ['a', { intValue: 1 }],
      ['a', { intValue: 2 }],
    ],
  ],
  ['an integer of 64 bits whole', '{"a":9223372036854775807}', [['a', { intValue: '9223372036854775807' }]]],
  ['a double without a fraction as an integer', '{"a":200}', [['a', { doubleValue: 200 }]]],
  ['what is no number as null', '{"a":null}', [['a', { doubleValue: 'NaN' }]]],
  ['bytes in base64', '{"a":"AQI="}', [['a', { bytesValue: 'AQI=' }]]],
  ['an empty value as null', '{"a":null}', [['a', {}]]],
  ['a key such as "__proto__" as any other', '{"__proto__":1}', [['__proto__', { intValue: 1 }]]],
] as const)('a map as a line has %s', (_, line, values) => {
  const body = { kvlistValue: { values: values.map(([key, value]) => ({ key, value })) } };
  expect(lineOf(decoded(requestOf(body), 'json').flat())).toBe(line);
});
