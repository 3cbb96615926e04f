import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { substitute } from '../../../src/service/config/substitute.ts';

const environment = {
  A: 'a',
  EMPTY: '',
  DOLLARS: 'p$$a${A}$',
  _x1: 'under',
  B: 'A',
  LONG: 'x'.repeat(100_000),
};

describe('texts', () => {
  for (const [text, value] of [
    ['plain', 'plain'],
    ['${env:A}', 'a'],
    ['${A}', 'a'],
    ['x-${env:A}-${A}-y', 'x-a-a-y'],
    ['${env:_x1}', 'under'],
    ['$A', '$A'],
    ['$', '$'],
    ['$$', '$'],
    ['$$$', '$$'],
    ['$$$$', '$$'],
    ['$${A}', '${A}'],
    ['$$${A}', '$a'],
    ['$$$${A}', '$${A}'],
    ['a$$b$${env:A}c$', 'a$b${env:A}c$'],
    ['{env:A}', '{env:A}'],
    ['${env:NONE:-fallback}', 'fallback'],
    ['${env:NONE:-}', ''],
    ['${env:NONE:-a:-b}', 'a:-b'],
    ['${env:NONE:-{}}', '{}'],
    ['${env:EMPTY:-fallback}', ''],
    ['${EMPTY}', ''],
    ['${env:A:-fallback}', 'a'],
    ['${env:NONE:-x-${env:A}}', 'x-a'],
    ['${env:${env:B}}', 'a'],
    ['$${env:${env:B}}', '${env:A}'],
    ['${env:DOLLARS}', 'p$$a${A}$'],
    ['x${DOLLARS}', 'xp$$a${A}$'],
    ['x${env:NONE}y', 'xy'],
  ] as const) {
    test(`${text} is ${value}`, () => {
      expect(substitute(text, environment)).toMatchObject({ kind: 'done', value });
    });
  }
});

describe('mistakes', () => {
  for (const [text, message] of [
    ['${file:/etc/passwd}', '"file:" is not supported in "${...}", only "env:" is'],
    ['${enf:A}', '"enf:" is not supported in "${...}", only "env:" is. Did you mean "env"?'],
    ['${A', '"${" without "}"; write "$${" for the characters themselves'],
    [
      '${NAME:-secret}',
      '"NAME:" is not supported in "${...}", only "env:" is; write "${env:NAME:-...}" for a default',
    ],
    [
      '${MY_NAME:-secret}',
      '"MY_NAME" is no name of an environment variable: letters, digits and "_", no digit first; write "${env:MY_NAME:-...}" for a default',
    ],
    ['${env:1A}', '"1A" is no name of an environment variable: letters, digits and "_", no digit first'],
    ['${}', '"" is no name of an environment variable: letters, digits and "_", no digit first'],
    ['${env:NONE:-a$b}', 'a "$" inside "${...}" is not supported'],
    ['${env:NONE:-$$b}', 'a "$" inside "${...}" is not supported'],
    ['${env:toString}x${env:__proto__}', undefined],
    ['${LONG}'.repeat(11), 'the variables make it longer than 1 MiB'],
    ['${'.repeat(50_000), '"${" is nested too deep'],
  ] as const) {
    test(text.slice(0, 40), () => {
      const result = substitute(text, environment);
      if (message === undefined)
        expect(result).toMatchObject({ value: 'x', unset: ['toString', '__proto__'] });
      else expect(result).toEqual({ kind: 'failed', message });
    });
  }
});

test('says which variables are missing, but not those that a default makes unnecessary', () => {
  expect(substitute('${env:X}${env:Y:-}${env:A:-${env:Z}}', environment)).toMatchObject({ unset: ['X'] });
  expect(substitute('${env:X:-${env:Z}}', environment)).toMatchObject({ unset: ['Z'] });
  expect(substitute('${env:X}', environment)).toEqual({
    kind: 'done',
    whole: true,
    value: undefined,
    unset: ['X'],
  });
});

test('knows a text that is one "${...}" and nothing else', () => {
  expect(substitute('${env:A:-${env:B}}', environment)).toMatchObject({ whole: true });
  for (const text of ['${A}${A}', ' ${A}', '$${A}', 'a'])
    expect(substitute(text, environment)).toMatchObject({ whole: false });
});

test('a text whose "$" are doubled is what it was', () => {
  let dollars = 0;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('$', '{', '}', 'A', ':', '-', 'env:'), { maxLength: 20 }),
      (parts) => {
        const text = parts.join('');
        if (text.includes('$')) dollars++;
        expect(substitute(text.replaceAll('$', '$$$$'), environment)).toMatchObject({
          value: text,
          unset: [],
        });
      },
    ),
    { seed: 3, numRuns: 2_000 },
  );
  expect(dollars).toBeGreaterThan(500);
});

test('any text is replaced or refused', () => {
  const seen = { done: 0, failed: 0 };
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('$', '{', '${', '}', 'A', ':-', 'env:', 'x'), { maxLength: 20 }),
      (parts) => {
        seen[substitute(parts.join(''), environment).kind]++;
      },
    ),
    { seed: 4, numRuns: 2_000 },
  );
  expect(Math.min(seen.done, seen.failed)).toBeGreaterThan(300);
});
