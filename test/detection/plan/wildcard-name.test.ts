import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wildcardName } from '../../../src/detection/plan/wildcard-name.ts';

test.each([
  ['a', 'a', true],
  ['a', 'A', false],
  ['a.*', 'a.b', true],
  ['a.*', 'a.', true],
  ['a.*', 'b.a.c', false],
  ['*', '', true],
  ['ab*ba', 'aba', false],
  ['*.spec.*', 'x.spec.y', true],
  ['a?', 'ab', false],
])('%s matches %s: %s', (pattern, name, expected) => {
  expect(wildcardName(pattern)(name)).toBe(expected);
});

test('agrees with a regular expression', () => {
  let [matched, failed] = [0, 0];
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  const name = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 6 });
  fc.assert(
    fc.property(word, name, (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
      if (expected) matched++;
      else failed++;
      expect(wildcardName(pattern)(text)).toBe(expected);
    }),
    { seed: 51, numRuns: 1_000 },
  );
  expect(Math.min(matched, failed)).toBeGreaterThan(50);
});
