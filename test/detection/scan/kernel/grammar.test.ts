import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonObject, parseJson } from '../../../../src/record/json.ts';
import { KernelBench } from './kernel-bench.ts';

const bench = new KernelBench();
const isObject = (line: string | Uint8Array, shift = 0): boolean => {
  bench.put(Buffer.concat([Buffer.from(line), Buffer.from('\n')]), shift);
  return bench.call('isObject', bench.start, bench.end - 1) === 1;
};

test('what is an object is what the plain path can parse', () => {
  const seen = { valid: 0, broken: 0 };
  const broken = fc
    .tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom('', '"', '\\', ',', '}', '0', '.', 'e', '\0', ' ', '\\u00'),
    )
    .map(([text, at, insert]) => {
      const line = `{"k":${text}}`;
      const cut = at % (line.length + 1);
      return line.slice(0, cut) + insert + line.slice(cut + (at % 2));
    });
  fc.assert(
    fc.property(
      fc.oneof(
        broken,
        fc.json().map((text) => ` {"k" : ${text} , "l":1e5}\t`),
      ),
      (text) => {
        const line = text.replaceAll('\n', ' ');
        const expected = parseJson(line) instanceof JsonObject;
        expect(isObject(line, line.length % 64)).toBe(expected);
        if (expected) seen.valid++;
        else seen.broken++;
      },
    ),
    { seed: 5, numRuns: 5_000 },
  );
  expect(Math.min(seen.valid, seen.broken)).toBeGreaterThan(500);
});

describe('an object is', () => {
  for (const [line, expected] of [
    ['{}', true],
    [' { } \r', true],
    ['{"a":[[],{}]}', true],
    ['{"a":-0.5E+10,"b":[true,false,null]}', true],
    ['{"a":"\u007f é 😀"}', true],
    ['[]', false],
    ['{"a":01}', false],
    ['{"a":1.}', false],
    ['{"a":.5}', false],
    ['{"a":+1}', false],
    ['{"a":1e}', false],
    ['{"a":truex}', false],
    ['{"a":1,}', false],
    ['{"a":[1,]}', false],
    ['{"a":[1}', false],
    ['{a:1}', false],
    ['{"a" 1}', false],
    ['{"a":"\t"}', false],
    [String.raw`{"a":"\x"}`, false],
    [String.raw`{"a":"\u00g0"}`, false],
    ['{"a":1}}', false],
    ['{"a":1} x', false],
    ['{"a":1', false],
    ['', false],
    [`{"a":${'['.repeat(63)}${']'.repeat(63)}}`, true],
  ] as const) {
    test(`${line} ${expected ? '' : 'not'}`, () => expect(isObject(line)).toBe(expected));
  }
});

test('of more than 64 levels nothing is said', () => {
  expect(isObject(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`)).toBe(false);
});
