import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileGlob } from '../../src/util/glob.ts';

describe('a glob', () => {
  for (const [pattern, text, matches] of [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['**', 'anything', true],
    ['Pulling image*', 'Pulling image "x"', true],
    ['Pulling image*', 'pulling image "x"', false],
    ['*falco*', 'my-falco-pod', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a?c', 'a😀c', true],
    ['?', '😀', true],
    ['??', '😀', false],
    ['*?', '😀', true],
    ['*?b', 'a😀b', true],
    ['a\\*c', 'a*c', true],
    ['a\\*c', 'abc', false],
    ['a\\?', 'a?', true],
    ['a\\\\', 'a\\', true],
    ['a\\', 'a\\', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*ab*ba*', 'aba', false],
    ['*ab*ba', 'abba', true],
    ['a.c', 'abc', false],
  ] as const) {
    test(`${pattern} ${matches ? 'matches' : 'does not match'} ${text}`, () => {
      expect(compileGlob(pattern, false)(text)).toBe(matches);
    });
  }

  test('folds by lower-casing both sides, not as a regular expression does', () => {
    expect(compileGlob('PULLING*', true)('Pulling x')).toBe(true);
    expect(compileGlob('s*', true)('\u017f')).toBe(false);
    expect(compileGlob('k*', true)('\u212a')).toBe(true);
  });

  test('takes no time for patterns that make others explode', () => {
    const pattern = `${'*a'.repeat(40)}b`;
    expect(compileGlob(pattern, false)('a'.repeat(50_000))).toBe(false);
  });

  test('agrees with the definition', () => {
    const outcomes = { yes: 0, no: 0 };
    const piece = fc.constantFrom('a', 'b', '*', '?', '\\', '😀');
    const text = fc.array(fc.constantFrom('a', 'b', '😀', '*', '\\'), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), text, (pattern, letters) => {
        const expected = naive(Array.from(pattern.join('')), letters);
        outcomes[expected ? 'yes' : 'no']++;
        expect(compileGlob(pattern.join(''), false)(letters.join(''))).toBe(expected);
      }),
      { seed: 11, numRuns: 3_000 },
    );
    expect(Math.min(outcomes.yes, outcomes.no)).toBeGreaterThan(100);
  });
});

/** The definition, word by word. */
function naive(pattern: readonly string[], text: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text.length === 0;
  if (first === '*') return naive(rest, text) || (text.length > 0 && naive(pattern, text.slice(1)));
  if (first === '?') return text.length > 0 && naive(rest, text.slice(1));
  const [next, ...behind] = rest;
  if (first === '\\' && next !== undefined) return text[0] === next && naive(behind, text.slice(1));
  return text[0] === first && naive(rest, text.slice(1));
}
