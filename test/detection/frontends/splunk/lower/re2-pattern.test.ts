import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { re2Pattern } from '../../../../../src/detection/frontends/splunk/lower/re2-pattern.ts';

test.each([
  ['^(?<remote_addr>\\S+)\\s', '^(?P<remote_addr>\\S+)\\s', ['remote_addr']],
  ["(?'a'x)(?P<b>y)(z)", '(?P<a>x)(?P<b>y)(z)', ['a', 'b']],
  ['(?i:a)(?:b)', '(?i:a)(?:b)', []],
  ['[(?<a>]\\(?<b>', '[(?<a>]\\(?<b>', []],
  ['[]a)(?<]', '[]a)(?<]', []],
  ['\\Q(?=x)\\E', '\\Q(?=x)\\E', []],
  ['a\\hb', 'a[\\t ]b', []],
  ['a(?# note )b', 'ab', []],
  ['\\++', '\\++', []],
  ['[*+]+', '[*+]+', []],
  ['\\p{L}+', '\\p{L}+', []],
  ['[$1](?<a>$)', '[$1](?P<a>$)', ['a']],
])('%s becomes %s', (written, pattern, groups) => {
  expect(re2Pattern(written)).toEqual({ pattern, groups });
});

describe('what RE2 lacks is named', () => {
  test.each([
    ['(?=x)', 'lookahead or lookbehind'],
    ['(?!x)', 'lookahead or lookbehind'],
    ['(?<=x)a', 'lookahead or lookbehind'],
    ['a(?<!x)', 'lookahead or lookbehind'],
    ['(a)\\1', 'backreferences'],
    ['(?<q>a)\\k<q>', 'backreferences'],
    ['(?P<q>a)(?P=q)', 'backreferences'],
    ['(?>a)', 'atomic groups'],
    ['a++', 'possessive quantifiers'],
    ['a{2,3}+', 'possessive quantifiers'],
    ['(a)(?(1)b|c)', 'conditional groups'],
    ['a(?R)?', 'recursion'],
    ['(*SKIP)a', 'verbs'],
    ['a\\Kb', '"\\K"'],
    ['a\\Z', '"\\z" is the end'],
  ])('%s: %s', (written, lacking) => {
    expect(re2Pattern(written)).toEqual({ problem: expect.stringContaining(lacking) });
  });
});

test.each([
  ['(', 'missing closing )'],
  ['a{2000}', 'invalid repeat count, at "{2000}"'],
  ['(?<n>a)(?<n>b)', 'duplicate'],
  ['x'.repeat(5_000), 'longer than 4096'],
])('says what is wrong with %s', (written, problem) => {
  expect(re2Pattern(written)).toEqual({ problem: expect.stringContaining(problem) });
});

test('no text makes it throw', () => {
  let [good, bad] = [0, 0];
  const pieces = fc.constantFrom(
    '(',
    ')',
    '?',
    '<',
    'a',
    '>',
    '=',
    '[',
    ']',
    '\\',
    '+',
    '*',
    '{',
    '1',
    '}',
    '(?<a>',
  );
  fc.assert(
    fc.property(fc.string({ unit: pieces, maxLength: 10 }), (written) => {
      const result = re2Pattern(written);
      if ('pattern' in result) good++;
      else bad++;
      expect('problem' in result ? result.problem : '').not.toContain('undefined');
    }),
    { seed: 62, numRuns: 2_000 },
  );
  expect(Math.min(good, bad)).toBeGreaterThan(100);
});
