import { describe, expect, test } from 'vitest';
import { call, column, missing, run } from './run-calc.ts';

describe('match, like and cidrmatch', () => {
  for (const [name, calc, expected] of [
    ['match anywhere', call('match', 'abcd', 'bc'), true],
    ['match, anchored', call('match', 'abcd', '^bc'), false],
    ['match is case-sensitive', call('match', 'ABC', 'b'), false],
    ['match with a flag', call('match', 'ABC', '(?i)b'), true],
    ['match any of several', call('match', column('several'), '^c$'), true],
    ['match of null', call('match', missing, 'a'), null],
    ['match with a pattern of the row', call('match', 'abc', column('one')), true],
    ['match with a broken pattern of the row', call('match', 'abc', column('broken')), null],
    ['match with a long pattern of the row', call('match', 'a', column('long')), null],
    ['match with a missing pattern', call('match', 'abc', missing), null],
    ['like, the whole text', call('like', 'abcd', 'bc'), false],
    ['like, % is any text', call('like', 'abcd', 'a%'), true],
    ['like, % is no text, too', call('like', 'a', 'a%'), true],
    ['like, _ is one character', call('like', 'a😀c', 'a_c'), true],
    ['like, _ is not none', call('like', 'ac', 'a_c'), false],
    ['like is case-sensitive', call('like', 'ABC', 'a%'), false],
    ['like, * ? and \\ are themselves', call('like', 'a*?\\', '%*?\\'), true],
    ['like, * is no wildcard', call('like', 'abc', 'a*'), false],
    // Search Reference, "Comparison and Conditional functions".
    ['cidrmatch inside', call('cidrmatch', '123.132.32.0/25', '123.132.32.12'), true],
    ['cidrmatch outside', call('cidrmatch', '123.132.32.0/25', '123.132.32.128'), false],
    ['cidrmatch, version 6', call('cidrmatch', '2620:0:860:2::/64', '2620:0:860:2:ffff::1'), true],
    ['cidrmatch, any of several', call('cidrmatch', '10.0.0.0/8', column('addresses')), true],
    ['cidrmatch of no address', call('cidrmatch', '10.0.0.0/8', 'ten'), false],
    ['cidrmatch of a network of the row that is none', call('cidrmatch', column('broken'), '10.0.0.1'), null],
  ] as const) {
    const columns = {
      one: ['b'],
      several: ['b', 'c'],
      broken: ['(['],
      long: ['a?'.repeat(501)],
      addresses: ['192.168.1.1', '10.2.3.4'],
    };
    test(name, () => expect(run(calc, columns)).toBe(expected));
  }

  test('a constant that is no pattern is a bug of whoever made the plan', () => {
    expect(() => run(call('match', 'a', '(['))).toThrow('bug: "([" is not a regular expression');
    expect(() => run(call('cidrmatch', '10.0.0.0/99', 'a'))).toThrow('bug: "10.0.0.0/99" is not a network');
  });

  test('a pattern of the row is made anew when it is another one', () => {
    const calc = call('match', 'abc', column('p'));
    expect(['a', 'x', 'a'].map((pattern) => run(calc, { p: [pattern] }))).toEqual([true, false, true]);
  });
});

describe('replace', () => {
  for (const [name, calc, expected] of [
    // Search Reference, "Text functions": the date with month and day swapped.
    ['groups', call('replace', '1/14/2023', '^(\\d{1,2})/(\\d{1,2})/', '\\2/\\1/'), '14/1/2023'],
    ['every match', call('replace', 'aXbX', 'X', '-'), 'a-b-'],
    ['the whole match', call('replace', 'ab', 'b', '[\\0]'), 'a[b]'],
    ['a group that took no part', call('replace', 'ab', '(x)?b', '<\\1>'), 'a<>'],
    ['a group that is not there', call('replace', 'ab', 'b', '<\\7>'), 'a<>'],
    ['an escaped backslash', call('replace', 'a/b', '/', '\\\\'), 'a\\b'],
    ['a backslash before a letter', call('replace', 'ab', 'b', '\\n'), 'a\\n'],
    ['a dollar sign', call('replace', 'ab', 'b', '$1'), 'a$1'],
    ['matches of nothing', call('replace', 'ab', 'x*', '-'), '-a-b-'],
    ['no match', call('replace', 'ab', 'x', '-'), 'ab'],
    ['each of several', call('replace', column('several'), 'a', 'x'), ['b', 'x', 'c', 'x']],
    ['of null', call('replace', missing, 'a', 'x'), null],
    ['by null', call('replace', 'a', 'a', missing), null],
  ] as const) {
    test(name, () => expect(run(calc)).toEqual(expected));
  }
});
