import { describe, expect, test } from 'vitest';
import { call, column, missing, no, run, unknown, yes } from './run-calc.ts';

describe('logic is three-valued', () => {
  const values = { true: yes, false: no, null: unknown };
  // Kleene's tables (spec/spl.md §9).
  for (const [left, right, and, or, xor] of [
    ['true', 'true', true, true, false],
    ['true', 'false', false, true, true],
    ['true', 'null', null, true, null],
    ['false', 'true', false, true, true],
    ['false', 'false', false, false, false],
    ['false', 'null', false, null, null],
    ['null', 'true', null, true, null],
    ['null', 'false', false, null, null],
    ['null', 'null', null, null, null],
  ] as const) {
    test(`${left} and, or, xor ${right}`, () => {
      const sides = [values[left], values[right]] as const;
      expect([run(call('and', ...sides)), run(call('or', ...sides)), run(call('xor', ...sides))]).toEqual([
        and,
        or,
        xor,
      ]);
    });
  }

  test('not of what is unknown is unknown', () => {
    expect([yes, no, unknown].map((value) => run(call('not', value)))).toEqual([false, true, null]);
  });

  test('a value that is no condition is unknown', () => {
    expect(run(call('and', yes, 'text'))).toBeNull();
    expect(run(call('or', no, 1))).toBeNull();
  });
});

describe('what chooses', () => {
  for (const [name, calc, expected] of [
    ['if, true', call('if', yes, 'a', 'b'), 'a'],
    ['if, false', call('if', no, 'a', 'b'), 'b'],
    ['if, unknown is false', call('if', unknown, 'a', 'b'), 'b'],
    ['case takes the first that is true', call('case', no, 'a', unknown, 'b', yes, 'c', yes, 'd'), 'c'],
    ['case without a true one is null', call('case', no, 'a'), null],
    ['coalesce takes the first that is not null', call('coalesce', missing, column('one'), 'b'), 'a'],
    ['coalesce takes an empty text', call('coalesce', column('empty'), 'b'), ''],
    ['coalesce of nulls', call('coalesce', missing), null],
    ['isnull of a missing column', call('isnull', missing), true],
    ['isnull of an empty text', call('isnull', column('empty')), false],
    ['isnotnull of a column', call('isnotnull', column('one')), true],
    ['isnotnull of null()', call('isnotnull', call('null')), false],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }
});
