import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxText, maxTexts } from '../../../../src/detection/operators/calc/bounds.ts';
import { calcFunctions, type CalcName } from '../../../../src/detection/plan/calc-functions.ts';
import type { Calc } from '../../../../src/detection/plan/calc.ts';
import { call, column, run } from './run-calc.ts';

describe('whatever a row holds', () => {
  const names = Object.keys(calcFunctions).filter((name): name is CalcName => name in calcFunctions);
  const texts = fc.oneof(
    fc.constantFrom(
      '',
      '0',
      '-1',
      '1e308',
      '9'.repeat(400),
      '%d %*s %F %',
      '([',
      '\\1',
      '10.0.0.0/8',
      '-1mon@w0',
      '{"a":[1]}',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.double().map(String),
  );
  const row = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.array(texts, { maxLength: 3 }));

  /** No constant texts: those are checked when they are compiled. */
  const leaf = fc.oneof(
    fc.constantFrom('a', 'b', 'c', 'missing').map(column),
    fc.double().map((value): Calc => ({ kind: 'number', value })),
  );
  const { calc } = fc.letrec<{ calc: Calc }>((tie) => ({
    calc: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.constantFrom(...names).chain((name) => {
        const { least, most } = calcFunctions[name];
        return fc
          .array(tie('calc'), { minLength: least, maxLength: Math.min(most, 4) })
          .map((args) => call(name, ...args));
      }),
    ),
  }));

  test('a calculation gives a value in its normal form and never throws', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(calc, row, (given, columns) => {
        const value = run(given, columns);
        kinds.add(value === null ? 'null' : typeof value);
        if (given.kind === 'call' && typeof value === 'number') expect(value).toSatisfy(Number.isFinite);
        if (typeof value === 'object' && value !== null) {
          expect(value.length).toBeGreaterThan(1);
          expect(value.every((text) => typeof text === 'string')).toBe(true);
        }
      }),
      { seed: 44, numRuns: 3_000 },
    );
    expect([...kinds].sort()).toEqual(['boolean', 'null', 'number', 'object', 'string']);
  });
});

describe('a result is bounded', () => {
  const long = 'ab'.repeat(maxText / 2);
  const many = Array.from({ length: maxTexts + 5 }, (_, index) => String(index));

  for (const [name, calc] of [
    ['.', call('.', column('long'), column('long'))],
    ['+', call('+', column('long'), column('long'))],
    ['mvjoin', call('mvjoin', column('many'), column('long'))],
    ['replace', call('replace', column('long'), '', column('long'))],
    ['replace by a group', call('replace', column('long'), '(.*)', '\\1\\1\\1')],
    ['printf', call('printf', '%s%s', column('long'), column('long'))],
  ] as const) {
    test(`${name} makes no text beyond 1 MiB`, () => {
      expect(String(run(calc, { long: [long], many }))).toHaveLength(maxText);
    });
  }

  for (const [name, calc] of [
    ['split', call('split', column('long'), 'b')],
    ['split at every character', call('split', column('long'), '')],
    ['mvappend', call('mvappend', column('many'), column('many'))],
    ['mvdedup', call('mvdedup', column('many'))],
  ] as const) {
    test(`${name} makes no more than 10,000 texts`, () => {
      expect(run(calc, { long: [long], many })).toHaveLength(maxTexts);
    });
  }

  for (const [name, calc] of [
    ['match', call('match', 'a', column('long'))],
    ['like', call('like', 'a', column('long'))],
    ['strftime', call('strftime', 0, column('long'))],
    ['replace', call('replace', 'a', column('long'), 'b')],
  ] as const) {
    test(`${name} takes no pattern or format of 1 MiB out of a row`, () => {
      expect(run(calc, { long: [long] })).toBeNull();
    });
  }

  test('the cut leaves no half of a character', () => {
    const value = String(run(call('.', 'a', column('smile')), { smile: ['😀'.repeat(maxText / 2)] }));
    expect(value).toHaveLength(maxText - 1);
    expect(value).not.toMatch(/\p{Surrogate}/u);
  });
});
