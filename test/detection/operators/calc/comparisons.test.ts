import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calcTexts } from '../../../../src/detection/operators/calc/calc-texts.ts';
import { call, column, missing, no, run, unknown } from './run-calc.ts';

describe('a comparison', () => {
  for (const [name, calc, expected] of [
    ['is case-sensitive (trap 4)', call('=', 'Forbidden', 'forbidden'), false],
    ['of a number and a quoted one is by number', call('=', column('code'), 403), true],
    ['of two numbers that are written differently', call('=', column('code'), column('point')), true],
    ['of 10 and 9 is by number', call('>', '10', '9'), true],
    ['of 10 and 9x is by bytes', call('>', '10', '9x'), false],
    ['of upper and lower case: upper comes first', call('<', 'Z', 'a'), true],
    ['of code points: by UTF-8, not by UTF-16', call('<', '\uff5e', '\u{1f600}'), true],
    ['with a missing column is null', call('=', missing, 'x'), null],
    ['!= with a missing column is null, too', call('!=', missing, 'x'), null],
    ['< with a missing column is null', call('<', 1, missing), null],
    ['of several values holds if any passes', call('=', column('several'), 'c'), true],
    ['!= of several values holds if any differs', call('!=', column('several'), 'a'), true],
    ['> of several values holds if any passes', call('>', column('numbers'), 60), true],
    ['> of several values, none passes', call('>', column('numbers'), 70), false],
    ['of several with several', call('=', column('numbers'), column('several')), false],
    ['<= at the edge', call('<=', column('numbers'), 9), true],
    ['>= at the edge', call('>=', 70, column('numbers')), true],
    ['of an empty text with an empty text', call('=', column('empty'), ''), true],
    ['of an empty text with 0', call('=', column('empty'), 0), false],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }
});

describe('in', () => {
  for (const [name, calc, expected] of [
    ['a candidate that is equal', call('in', 'b', 'a', 'b'), true],
    ['none is equal', call('in', 'b', 'a', 'B'), false],
    ['a wildcard is no wildcard', call('in', 'abc', 'a*'), false],
    ['a number however it is written', call('in', column('point'), 400, 403), true],
    ['any of several values', call('in', column('several'), 'c'), true],
    ['a missing column', call('in', missing, 'a'), null],
    ['a missing candidate, another is equal', call('in', 'a', missing, 'a'), true],
    ['a missing candidate, no other is equal', call('in', 'a', missing, 'b'), null],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }
});

describe('min and max', () => {
  // Search Reference, "Statistical eval functions": numbers are less than texts.
  for (const [name, calc, expected] of [
    ['max of numbers', call('max', 1, 3, 6, 7, 'foo'), 'foo'],
    ['min of numbers and a text', call('min', 1, 3, 6, 7, 'foo'), 1],
    ['numbers that are texts compare as numbers', call('max', '10', '9'), '10'],
    ['what is null does not count', call('min', missing, 5), 5],
    ['nothing but null', call('max', missing), null],
    ['all values of several', call('min', column('numbers'), 50), '9'],
    ['texts by their bytes', call('min', 'b', 'B'), 'B'],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }
});

test('a relation of lists is that of any pair of their values', () => {
  const outcomes = { true: 0, false: 0 };
  const texts = fc.array(fc.constantFrom('1', '1.0', '02', '10', '9', 'a', 'A', '', 'x1', '-3'), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(texts, texts, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), (a, b, relation) => {
      const given = call(relation, column('a'), column('b'));
      const any = a.some((x) => b.some((y) => run(given, { a: [x], b: [y] }) === true));
      expect(run(given, { a, b })).toBe(any);
      outcomes[`${any}`]++;
    }),
    { seed: 41, numRuns: 1_000 },
  );
  expect(Math.min(outcomes.true, outcomes.false)).toBeGreaterThan(50);
});

test('two long lists do not take the product of their lengths', () => {
  const a = Array.from({ length: 100_000 }, (_, index) => `a${index}`);
  const b = Array.from({ length: 100_000 }, (_, index) => `b${index}`);
  expect(run(call('=', column('a'), column('b')), { a, b })).toBe(false);
  expect(run(call('>', column('a'), column('b')), { a, b })).toBe(false);
});

test('the texts of a value are what a column of it holds', () => {
  expect([null, 'a', 1.5, -0, 1e21, true, ['a', 'b']].map(calcTexts)).toEqual([
    [],
    ['a'],
    ['1.5'],
    ['0'],
    ['1e+21'],
    ['true'],
    ['a', 'b'],
  ]);
});

test('a column of one value is that value, one of none is null', () => {
  expect(run(column('one'))).toBe('a');
  expect(run(column('none'), { none: [] })).toBeNull();
  expect(run(call('if', no, 'a', unknown))).toBeNull();
});
