import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonNumber, JsonObject, parseJson, type Json } from '../../src/record/json.ts';

/** What `JSON.parse` makes of the same text: numbers rounded, the last of repeated keys. */
function plain(json: Json): unknown {
  if (json instanceof JsonNumber) return Number(json.text);
  if (Array.isArray(json)) return json.map(plain);
  if (!(json instanceof JsonObject)) return json;
  const entries = json.keys.map((key, index) => [key, plain(json.values[index] as Json)] as const);
  return Object.fromEntries(entries);
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

test('agrees with JSON.parse on valid and on broken texts', () => {
  const seen = { valid: 0, broken: 0 };
  const text = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '', '"', '\\', '{', ']', ',', '0', 'e', '\u0000', ' ', 'null'),
      fc.nat(2),
    )
    .map(([json, at, inserted, removed]) => {
      const cut = at % (json.length + 1);
      return inserted === '' ? json : json.slice(0, cut) + inserted + json.slice(cut + removed);
    });
  fc.assert(
    fc.property(text, (json) => {
      const expected = parsed(json);
      const found = parseJson(json);
      if (expected === undefined) seen.broken++;
      else seen.valid++;
      expect(found === undefined ? undefined : plain(found)).toEqual(expected);
    }),
    { seed: 1, numRuns: 2_000 },
  );
  expect(seen.valid).toBeGreaterThan(500);
  expect(seen.broken).toBeGreaterThan(500);
});

test('in the bytes of a text it finds the same, whatever they are', () => {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const seen = { ascii: 0, other: 0, valid: 0, broken: 0 };
  const bytes = fc
    .tuple(
      fc.json({ maxDepth: 3, stringUnit: 'binary' }),
      fc.nat(),
      fc.constantFrom([], [], [34], [92], [92, 34], [44], [195], [255], [239, 187, 191], [195, 169]),
    )
    .map(([json, at, inserted]) => {
      const whole = Buffer.from(json);
      const cut = at % (whole.length + 1);
      return Buffer.concat([whole.subarray(0, cut), Buffer.from(inserted), whole.subarray(cut)]);
    });
  fc.assert(
    fc.property(bytes, (bytes) => {
      const text = decoder.decode(bytes);
      const found = parseJson(bytes);
      seen[text.length === bytes.length ? 'ascii' : 'other']++;
      seen[found === undefined ? 'broken' : 'valid']++;
      expect(found === undefined ? undefined : plain(found)).toEqual(parsed(text));
    }),
    { seed: 3, numRuns: 2_000 },
  );
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(200);
});

test('long strings end where they end, whatever is escaped in them', () => {
  let long = 0;
  const string = fc.array(fc.constantFrom('"', '\\', 'a', '\n', '\u00e9', 'b'.repeat(200)), {
    minLength: 4,
    maxLength: 60,
  });
  const object = fc.array(
    string.map((parts) => parts.join('')),
    { minLength: 2, maxLength: 4 },
  );
  fc.assert(
    fc.property(object, fc.boolean(), (values, asBytes) => {
      const text = JSON.stringify(values);
      long += values.filter((value) => value.length > 256 && value.includes('"')).length;
      const found = parseJson(asBytes ? Buffer.from(text) : text);
      expect(found === undefined ? undefined : plain(found)).toEqual(values);
    }),
    { seed: 4, numRuns: 500 },
  );
  expect(long).toBeGreaterThan(200);
});

test('what is asked for late is still what the text said, though its bytes are others by then', () => {
  const bytes = Buffer.from('{"a":{"b":["c",{"d":"e"}]},"f":1}');
  const json = parseJson(bytes);
  bytes.fill(34);
  expect(json === undefined ? undefined : plain(json)).toEqual({ a: { b: ['c', { d: 'e' }] }, f: 1 });
});

test('an object behind others of any depth is read from where it stands', () => {
  const before = '{"a":{"b":{"c":[{},[{"d":[]}],{"e":{}}]}},"f":[[[{}]],{}]}';
  const json = parseJson(`[${before},{"g":{"h":"\\"\\\\"}}]`);
  const last = Array.isArray(json) ? (json[1] as Json) : undefined;
  const inner = last instanceof JsonObject ? last.get('g') : undefined;
  expect(inner instanceof JsonObject && inner.get('h')).toBe('"\\');
});

for (const text of [
  '',
  ' ',
  '01',
  '-',
  '1.',
  '.5',
  '1e',
  '+1',
  'nul',
  'truex',
  '"a',
  '"\\x"',
  '"\\u12"',
  '"\n"',
  '[1,]',
  '{"a":1,}',
  '{a:1}',
  '{"a"}',
  '[1 2]',
  '{}{}',
  '\ufeff{}',
  '[',
  '{"a":',
]) {
  test(`refuses ${JSON.stringify(text)}`, () => expect(parseJson(text)).toBeUndefined());
}

test('an object keeps its source text, wherever it stands', () => {
  const outer = parseJson('[1,{"a": {"b":[ {} ]} , "c":{"d":1.0}}]');
  const [, object] = Array.isArray(outer) ? (outer as readonly Json[]) : [];
  if (!(object instanceof JsonObject)) throw new Error('there is no object');
  expect(object.text).toBe('{"a": {"b":[ {} ]} , "c":{"d":1.0}}');
  const texts = object.values.map((value) => value instanceof JsonObject && value.text);
  expect(texts).toEqual(['{"b":[ {} ]}', '{"d":1.0}']);
});

test('numbers keep their source text', () => {
  const json = parseJson('[403, 403.0, 4.03e2, 9007199254740993, 1e400, -0]');
  expect(Array.isArray(json) && json.map((item: Json) => item instanceof JsonNumber && item.text)).toEqual([
    '403',
    '403.0',
    '4.03e2',
    '9007199254740993',
    '1e400',
    '-0',
  ]);
});

test('repeated keys are all kept, and __proto__ is a key like any other', () => {
  const json = parseJson('{"a":1,"__proto__":{"x":1},"a":2}');
  expect(json instanceof JsonObject && json.keys).toEqual(['a', '__proto__', 'a']);
  expect(json instanceof JsonObject && json.get('a')).toEqual(new JsonNumber('1'));
});

test('needs no stack: a million levels deep', () => {
  const depth = 1_000_000;
  expect(parseJson('['.repeat(depth) + ']'.repeat(depth))).toBeDefined();
  expect(parseJson('{"a":'.repeat(depth) + '1' + '}'.repeat(depth))).toBeDefined();
  expect(parseJson('['.repeat(depth))).toBeUndefined();
});
