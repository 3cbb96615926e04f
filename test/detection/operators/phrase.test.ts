import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePhrase } from '../../../src/detection/operators/phrase.ts';

const raw = '{"verb":"get","requestURI":"/api/v1/configmaps?x=1","user":{"username":"system:anonymous"}}';

describe('a bare term', () => {
  // spec/spl.md §1.5 and §9; trap 31.
  for (const [op, text, value, expected] of [
    ['word', 'configmaps', '"resource":"configmaps"', true],
    ['word', 'configmaps', raw, true],
    ['word', 'configmaps', 'my-configmaps-1', true],
    ['word', 'configmaps', 'configmapsync', false],
    ['word', 'configmaps', 'myconfigmaps', false],
    ['word', 'configmaps', 'CONFIGMAPS', true],
    ['word', 'CONFIGMAPS', 'configmaps', true],
    ['word', 'configmaps', 'configmapsync configmaps', true],
    ['word', 'configmaps', '', false],
    ['word', 'configmaps', 'a%20configmaps%2Cb', true],
    ['word', 'system:anonymous', raw, true],
    ['word', 'system', raw, true],
    ['word', 'anon', raw, false],
    ['word', '/api/v1', 'x/api/v1/pods', true],
    ['word', '/api/v1', 'x/api/v10', false],
    ['word', 'anon*', raw, true],
    ['word', 'non*', raw, false],
    ['word', '*mous', raw, true],
    ['word', '*mou', raw, false],
    ['word', '*nonym*', raw, true],
    ['word', 'sys*mous', raw, true],
    ['word', 'get*mous', raw, false],
    ['word', 'a*c', 'a b c', false],
    ['word', 'a*c', 'a b a.b.c', true],
    ['word', 'a*c', 'a%20c', false],
    ['word', 'a*c', 'ab--c', false],
    ['word', 'a*b*c', 'a.b c', false],
    ['word', 'a*b*c', 'a.b.b.c', true],
    ['word', 'a**c', 'a.c', true],
    ['word', '*', '', true],
    ['phrase', 'A shell was spawned', 'Notice a SHELL was spawned in', true],
    ['phrase', 'a shell', 'a  shell', false],
    ['phrase', 'shell was', 'ashell was', false],
    ['phrase', '"verb":"get"', raw, true],
    ['phrase', 'user=a', 'x user=a y', true],
    ['phrase', 'get*anonymous', raw, true],
    ['phrase', 'get*anonym', raw, false],
    ['phrase', 'anonymous*get', raw, false],
    ['term', '10.0.0.1', 'from 10.0.0.1 to', true],
    ['term', '10.0.0.1', 'ip=10.0.0.1', false],
    ['term', '10.0.0.1', '110.0.0.1', false],
    ['term', 'ip=10.0.0.1', '[ip=10.0.0.1]', true],
    ['term', 'system:anonymous', raw, true],
    ['term', 'anonymous', raw, false],
    ['term', 'b', 'a--b', true],
    ['term', 'b', 'a-b', false],
    ['term', 'b', 'a%3Bb', true],
    ['term', '10.0.*', 'x 10.0.3.4 y', true],
    ['term', '10.0*4', 'x 10.0 3.4 y', false],
  ] as const) {
    test(`${op} "${text}" is ${expected ? 'in' : 'not in'} ${value.slice(0, 40)}`, () => {
      expect(compilePhrase({ op, text, fold: true })(value)).toBe(expected);
    });
  }

  test('CASE() is for a letter case of its own', () => {
    const matches = compilePhrase({ op: 'word', text: 'Get', fold: false });
    expect([matches('a Get b'), matches('a get b'), matches('a%3BGet')]).toEqual([true, false, true]);
  });

  test('folding lower-cases both sides: the Kelvin sign is k, the long s is not s', () => {
    const matches = compilePhrase({ op: 'word', text: 'ks', fold: true });
    expect([matches('\u212as'), matches('k\u017f')]).toEqual([true, false]);
  });

  test('is as slow as the value is long', () => {
    const value = 'a'.repeat(1_000_000);
    expect(compilePhrase({ op: 'word', text: '*a*a*a*a*b', fold: true })(value)).toBe(false);
    expect(compilePhrase({ op: 'phrase', text: 'a*b', fold: true })(value)).toBe(false);
    expect(compilePhrase({ op: 'word', text: '*a*c*', fold: true })(`${'a '.repeat(300_000)}c`)).toBe(false);
  });
});

test('a term is found where trying every way of taking the stars finds it', () => {
  const outcomes = { true: 0, false: 0 };
  const pieces = fc.constantFrom('a', 'b', 'ab', '.', ' ', '-', '*', '%20', '%');
  const text = (maxLength: number) => fc.array(pieces, { maxLength }).map((found) => found.join(''));
  fc.assert(
    fc.property(fc.constantFrom('word', 'phrase', 'term'), text(4), text(9), (op, wanted, value) => {
      const expected = naive(op, wanted, value);
      outcomes[`${expected}`]++;
      expect(compilePhrase({ op, text: wanted, fold: true })(value)).toBe(expected);
    }),
    { seed: 45, numRuns: 5_000 },
  );
  expect(Math.min(outcomes.true, outcomes.false)).toBeGreaterThan(500);
});

/** All ways to lay the pieces between stars over the value. */
function naive(op: 'word' | 'phrase' | 'term', wanted: string, value: string): boolean {
  const pieces = wanted.split('*').filter((piece) => piece !== '');
  const lay = (index: number, end: number): boolean => {
    const piece = pieces[index];
    if (piece === undefined) return wanted.endsWith('*') || isCut(op, value, end);
    for (let at = end; at <= value.length; at++) {
      if (!value.startsWith(piece, at)) continue;
      if (index === 0 && !wanted.startsWith('*') && !isCut(op, value, at)) continue;
      if (index > 0 && op !== 'phrase' && / |%20|--|\*/.test(value.slice(end, at))) continue;
      if (lay(index + 1, at + piece.length)) return true;
    }
    return false;
  };
  return pieces.length === 0 || lay(0, 0);
}

function isCut(op: 'word' | 'phrase' | 'term', value: string, at: number): boolean {
  const before = value.slice(0, at);
  const behind = value.slice(at);
  if (before === '' || behind === '') return true;
  if (/(?: |%20|--|\*)$/.test(before) || /^(?: |%20|--|\*)/.test(behind)) return true;
  return op !== 'term' && (/[.%-]$/.test(before) || /^[.%-]/.test(behind));
}
