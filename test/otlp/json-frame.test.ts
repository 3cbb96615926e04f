import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../src/otlp/decode.ts';
import { encode } from '../../src/otlp/encode.ts';
import { OtlpError } from '../../src/otlp/otlp-error.ts';
import { record } from './arbitrary-record.ts';

const invalid = 'the request is not valid JSON: it is broken, or ends early';

/** The severity texts of all records, or why the request is refused. */
function textsIn(request: string | Buffer): readonly string[] | string {
  try {
    return decode(Buffer.from(request), 'json').flatMap((records) =>
      Array.from({ length: records.size }, (_, index) => records.record(index).severityText),
    );
  } catch (error) {
    if (error instanceof OtlpError) return error.message;
    throw error;
  }
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const requests = fc
  .sample(fc.array(record, { minLength: 1, maxLength: 3 }), { seed: 11, numRuns: 40 })
  .map((records) => Buffer.from(encode(records, 'json')).toString());

test('a request is refused as no JSON exactly if it is none, wherever that is', () => {
  const seen = { valid: 0, broken: 0 };
  const request = fc
    .tuple(
      fc.constantFrom(...requests),
      fc.nat(),
      fc.constantFrom(
        '',
        '"',
        '\\',
        '{',
        '}',
        ']',
        '[',
        ',',
        ':',
        '0',
        '17',
        ' ',
        'null',
        '{}',
        '\n',
        '\u00e9',
      ),
      fc.nat(2),
    )
    .map(([whole, at, inserted, removed]) => {
      const cut = at % (whole.length + 1);
      return whole.slice(0, cut) + inserted + whole.slice(cut + removed);
    });
  fc.assert(
    fc.property(request, (text) => {
      seen[isJson(text) ? 'valid' : 'broken']++;
      expect(textsIn(text) === invalid).toBe(!isJson(text));
    }),
    { seed: 11, numRuns: 500 },
  );
  expect(Math.min(seen.valid, seen.broken)).toBeGreaterThan(200);
});

const scopes = (inner: string): string => `{"resourceLogs":[{"scopeLogs":[{${inner}}]}]}`;

test.each([
  [
    'in two lists of one name the first counts',
    scopes('"logRecords":[{"severityText":"a"}],"logRecords":[{}]'),
    ['a'],
  ],
  ['a name may be spelled with escapes', scopes(String.raw`"log\u0052ecords":[{"severityText":"a"}]`), ['a']],
  [
    'resources and scopes may stand behind their records',
    '{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityText":"a"},{"severityText":"b"}],"scope":{}}],"resource":{}}],"x":[1]}',
    ['a', 'b'],
  ],
  [
    'a list of that name elsewhere is something else',
    '{"logRecords":[{}],"resourceLogs":[{"logRecords":[{}],"scopeLogs":[{"x":{"logRecords":[{}]},"logRecords":[{"severityText":"a"}]}]}]}',
    ['a'],
  ],
  [
    'a number is no record',
    scopes('"logRecords":[0,{}]'),
    'resourceLogs[0].scopeLogs[0].logRecords[0] is not an object',
  ],
  ['what stands beside a record is no number', scopes('"logRecords":[{}1,{}]'), invalid],
  [
    'a list is no object with a list',
    scopes('"logRecords":{"0":{}}'),
    'resourceLogs[0].scopeLogs[0].logRecords is not a list',
  ],
])('%s', (_, request, expected) => {
  expect(textsIn(request)).toEqual(expected);
});
