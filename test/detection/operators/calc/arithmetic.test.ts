import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calc } from '../../../../src/detection/plan/calc.ts';
import { call, column, missing, run, yes } from './run-calc.ts';

describe('an operator', () => {
  for (const [name, calc, expected] of [
    ['+ adds numbers', call('+', 1, 2), 3],
    ['+ adds texts that are numbers', call('+', column('code'), 1), 404],
    ['+ joins texts', call('+', 'a', 'b'), 'ab'],
    ['+ of a number and a text that is none', call('+', 1, 'b'), null],
    ['- of a text that is none', call('-', 'a', 1), null],
    ['* of numbers', call('*', 1.5, 4), 6],
    ['/ of numbers', call('/', 1, 8), 0.125],
    ['/ by zero', call('/', 1, 0), null],
    ['% of numbers', call('%', 17, 5), 2],
    ['% has the sign of its left side', call('%', -17, 5), -2],
    ['% by zero', call('%', 1, 0), null],
    ['beyond the largest number', call('*', 1e308, 10), null],
    ['. joins texts', call('.', 'a', 'b'), 'ab'],
    ['. prints numbers', call('.', 1.5, 2), '1.52'],
    ['. keeps the text of a column', call('.', column('point'), '!'), '403.0!'],
    ['a null side makes + null', call('+', missing, 1), null],
    ['a null side makes . null', call('.', 'a', missing), null],
    ['several values make + null', call('+', column('numbers'), 1), null],
    ['several values make . null', call('.', column('several'), 'a'), null],
    ['a condition has no sum', call('+', yes, 1), null],
    ['minus', call('negative', '5'), -5],
    ['minus of a text', call('negative', 'a'), null],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }

  test('operators apply from left to right', () => {
    expect(run(call('-', call('-', 10, 3), 2))).toBe(5);
    expect(run(call('/', call('*', call('-', 10, 4), 3), 2))).toBe(9);
    expect(run(call('-', 10, call('-', 3, 2)))).toBe(9);
  });

  test('a chain of 100,000 needs no stack', () => {
    let calc: Calc = call('.', 'a', 'a');
    for (let index = 0; index < 100_000; index++) calc = call('.', calc, 'a');
    expect(run(calc)).toBe('a'.repeat(100_002));
  });
});

describe('mathematics', () => {
  for (const [name, calc, expected] of [
    // Search Reference, "Mathematical functions".
    ['round(3.5)', call('round', 3.5), 4],
    ['round(2.555, 2)', call('round', 2.555, 2), 2.56],
    ['floor(1.9)', call('floor', 1.9), 1],
    ['ceiling(1.9)', call('ceiling', 1.9), 2],
    ['floor of a negative number', call('floor', -1.1), -2],
    ['abs(-7)', call('abs', -7), 7],
    ['round half away from zero', call('round', -2.5), -3],
    ['round down below half', call('round', 0.49999999999999994), 0],
    ['round to tens', call('round', 1_250, -2), 1_300],
    ['round what has no place left', call('round', 1e300, 20), 1e300],
    ['round a small number', call('round', 1.25e-7, 8), 1.3e-7],
    ['round of a text', call('round', 'a'), null],
    ['round of null', call('round', missing, 1), null],
    ['round to an unknown place', call('round', 1.5, missing), null],
  ] as const) {
    test(name, () => expect(run(calc)).toBe(expected));
  }

  test('rounding is to the nearest of its places', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 6 }),
        (thousandths, places) => {
          const value = thousandths / 1_000;
          const rounded = run(call('round', value, places));
          expect(Math.abs(Number(rounded) - value)).toBeLessThanOrEqual(0.5 * 10 ** -places + 1e-7);
          expect(String(rounded)).toMatch(new RegExp(`^-?\\d+(?:\\.\\d{1,${Math.max(1, places)}})?$`));
        },
      ),
      { seed: 42, numRuns: 500 },
    );
  });
});
