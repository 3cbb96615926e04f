import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonKeys } from '../../src/record/json-keys.ts';
import { JsonObject, parseJson } from '../../src/record/json.ts';

const keysOf = (text: string): readonly string[] | undefined => {
  const json = parseJson(text);
  return json instanceof JsonObject ? json.keys : undefined;
};

test('objects whose keys begin alike, or differ in escapes only, have their own keys', () => {
  const seen = { met: 0, escaped: 0 };
  const key = fc.constantFrom('a', 'ab', 'a"', 'a\\', '\\', '', 'a.b', 'é', '😀', 'x'.repeat(200));
  fc.assert(
    fc.property(fc.array(key, { maxLength: 5 }), fc.boolean(), (keys, escape) => {
      const spelled = keys.map((name) => {
        const text = JSON.stringify(name);
        return escape ? text.replace('a', '\\u0061') : text;
      });
      const text = `{${spelled.map((name, index) => `${name}:${index}`).join(', ')}}`;
      seen[text.includes('\\') ? 'escaped' : 'met']++;
      expect(keysOf(text)).toEqual(keys);
    }),
    { seed: 7, numRuns: 2_000 },
  );
  expect(seen.met).toBeGreaterThan(200);
  expect(seen.escaped).toBeGreaterThan(200);
});

/** As after keys that are always new: nothing is remembered. */
function forget(): void {
  const { none } = JsonKeys;
  for (let index = 0; JsonKeys.none === none && index < 10_000; index++) none.with('', false);
}

test('a sequence that was met is found again, and no other one', () => {
  forget();
  const keys = JsonKeys.none.with('met', true);
  expect(JsonKeys.none.met('{"met":1}', 1)).toBe(keys);
  expect(JsonKeys.none.met('{"mets":1}', 1)).toBeUndefined();
  expect(keys.met('{"met":1}', 1)).toBeUndefined();
});

test('keys that are always new are forgotten again', () => {
  const { none } = JsonKeys;
  for (let index = 0; index < 10_000; index++) keysOf(`{"new ${index}":1}`);
  expect(JsonKeys.none).not.toBe(none);
  expect(keysOf('{"a":1,"b":2}')).toEqual(['a', 'b']);
});

test('no sequence is too long', () => {
  const keys = Array.from({ length: 100_000 }, (_, index) => `key ${index}`);
  const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, key])));
  expect(keysOf(text)).toEqual(keys);
  expect(keysOf(text)).toEqual(keys);
});

test('of the keys that a name may begin with it says what they leave of it', () => {
  const json = parseJson('{"a":1,"b":2,"a.b":3,"a.b.c":4,"a{}":5}');
  expect(json instanceof JsonObject && json.leadsTo('a.b')).toEqual([
    { index: 0, behind: '.b', below: 'b' },
    { index: 2, behind: '', below: undefined },
  ]);
});

test('a key that was met as text is not mistaken for the bytes of another one', () => {
  const [text, bytes] = [parseJson('{"\u00c3\u00a9":1}'), parseJson(Buffer.from('{"\u00e9":1}'))];
  const again = parseJson('{"\u00c3\u00a9":1}');
  const keys = [text, bytes, again].map((json) => (json instanceof JsonObject ? json.keys : undefined));
  expect(keys).toEqual([['\u00c3\u00a9'], ['\u00e9'], ['\u00c3\u00a9']]);
});
