import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../src/record/json.ts';
import { fieldTexts } from '../../src/record/json-field.ts';
import { fieldsOf } from '../../src/record/json-fields.ts';

describe('the fields of', () => {
  for (const [what, event, fields] of [
    ['nested objects', '{"a":{"b":"x"},"c":1.50}', { 'a.b': ['x'], c: ['1.50'] }],
    [
      'lists',
      '{"a":["x",["y"]],"b":[{"c":true},{"c":null}]}',
      { 'a{}': ['x'], 'a{}{}': ['y'], 'b{}.c': ['true', 'null'] },
    ],
    ['empty lists and objects', '{"a":[],"b":{},"c":""}', { c: [''] }],
    ['two paths of one name: the first', '{"a.b":"x","a":{"b":"y"}}', { 'a.b': ['x'] }],
    ['two paths in all: each of its own names', '{"a":{"c":"y"},"a.b":"x","a.b.d":1}', { 'a.c': ['y'] }],
    ['repeated keys: the first', '{"a":{"b":"x"},"a":{"c":"y"}}', { 'a.b': ['x'] }],
    [
      'repeated keys that a client wrote: all',
      '{"requestObject":{"a":1,"a":2}}',
      { 'requestObject.a': ['1', '2'] },
    ],
  ] as const) {
    test(what, () => {
      expect([...fieldsOf(parseJson(event) ?? null, 10)]).toEqual(Object.entries(fields));
    });
  }
});

test('of too many names the first ones are there, of too long ones none', () => {
  const event = parseJson(`{"a":1,"b":2,"a{}":3,"c":4}`) ?? null;
  expect([...fieldsOf(event, 2).keys()]).toEqual(['a', 'b']);
  const deep =
    parseJson(`{"x":1,"a":${'['.repeat(100_000)}1${']'.repeat(100_000)},"${'b'.repeat(2_000)}":1}`) ?? null;
  expect([...fieldsOf(deep, 10).keys()]).toEqual(['x']);
});

/** Any JSON text, with repeated keys, and keys that hold what names are made of. */
const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('"x"', '1.0', 'null', 'true', '""'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join()}]`),
    tie('object'),
  ),
  object: fc
    .array(fc.tuple(fc.constantFrom('a', 'b', 'a.b', 'requestObject', 'a{}', ''), tie('value')), {
      maxLength: 4,
    })
    .map((entries) => `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join()}}`),
}));

test('the texts of each are what a look for its name finds', () => {
  const seen = { several: 0, none: 0 };
  fc.assert(
    fc.property(object, (text) => {
      const event = parseJson(text) ?? null;
      const fields = fieldsOf(event, 1_000);
      if (fields.size === 0) seen.none++;
      for (const [name, texts] of fields) {
        expect(fieldTexts(event, name, 'marked')).toEqual(texts);
        if (texts.length > 1) seen.several++;
      }
    }),
    { seed: 6, numRuns: 2_000 },
  );
  expect(Math.min(seen.several, seen.none)).toBeGreaterThan(50);
});
