import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../../src/record/json.ts';
import { jsonText } from '../../../src/detection/operators/json-text.ts';

test('numbers keep their source text, repeated keys stay, blanks go', () => {
  const json = parseJson('{ "a": 1.50, "a": [ 4.03e2, null, true, "x\\n\\u00e9" ], "b": {}, "c": [] }');
  expect(json === undefined ? undefined : jsonText(json)).toBe(
    '{"a":1.50,"a":[4.03e2,null,true,"x\\né"],"b":{},"c":[]}',
  );
});

test('what JSON.stringify wrote comes out as it went in', () => {
  let nested = 0;
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const compact = JSON.stringify(JSON.parse(text));
      if (/[[{].*[[{]/.test(compact)) nested++;
      const json = parseJson(compact);
      expect(json === undefined ? undefined : jsonText(json)).toBe(compact);
    }),
    { seed: 2, numRuns: 500 },
  );
  expect(nested).toBeGreaterThan(50);
});

test('depth and width need no stack', () => {
  for (const text of [`${'['.repeat(50_000)}${']'.repeat(50_000)}`, `[${'1,'.repeat(300_000)}1]`]) {
    const json = parseJson(text);
    expect(json === undefined ? undefined : jsonText(json)).toBe(text);
  }
});
