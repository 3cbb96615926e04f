import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileNamePattern,
  fillStars,
} from '../../../../../src/detection/operators/transform/stages/name-pattern.ts';

for (const [pattern, name, expected] of [
  ['a', 'a', []],
  ['a', 'A', undefined],
  ['a', 'ab', undefined],
  ['*', '', ['']],
  ['a*', 'a', ['']],
  ['a*', 'abc', ['bc']],
  ['*.x', 'a.b.x', ['a.b']],
  ['ab*ba', 'aba', undefined],
  ['*.*', 'a.b.c', ['a', 'b.c']],
  ['a*b*c', 'aXbYc', ['X', 'Y']],
  ['a*b*c', 'abc', ['', '']],
  ['a*bc*c', 'abc', undefined],
  ['a.b{}*', 'a.b{}.c', ['.c']],
] as const) {
  test(`"${pattern}" ${expected === undefined ? 'does not match' : 'matches'} "${name}"`, () => {
    expect(compileNamePattern(pattern)(name)).toEqual(expected);
  });
}

test('matches exactly when the regular expression of the pattern does, and the stars give the name back', () => {
  const outcomes = { yes: 0, no: 0 };
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, name) => {
      const texts = compileNamePattern(pattern)(name);
      expect(texts !== undefined).toBe(new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));
      if (texts !== undefined) expect(fillStars(pattern, texts)).toBe(name);
      outcomes[texts === undefined ? 'no' : 'yes']++;
    }),
    { seed: 5, numRuns: 1_000 },
  );
  expect(Math.min(outcomes.yes, outcomes.no)).toBeGreaterThan(100);
});
