import { expect, test } from 'vitest';
import type { Substitute } from '../../../../../src/detection/plan/transform.ts';
import { substituteStage } from '../../../../../src/detection/operators/transform/stages/substitute-stage.ts';
import { moment, columnsOf, written } from '../table.ts';

function substituted(stage: Partial<Substitute>, value: string | readonly string[]): unknown {
  const given = { pattern: 'a', replacement: 'X', occurrence: undefined, fold: false, ...stage };
  const made = substituteStage({ kind: 'substitute', column: 'f', ...given })(
    columnsOf({ f: value, g: 'a' }),
    moment,
  );
  expect(made.map(written)).toMatchObject([{ g: 'a' }]);
  return made.map(written)[0]?.['f'];
}

for (const [name, stage, value, expected] of [
  ['replaces all', {}, 'banana', 'bXnXnX'],
  ['replaces one of them', { occurrence: 2 }, 'banana', 'banXna'],
  ['replaces none if there are too few', { occurrence: 4 }, 'banana', 'banana'],
  ['minds letter case', {}, 'bAnana', 'bAnXnX'],
  ['may not mind letter case', { fold: true }, 'bAnana', 'bXnXnX'],
  ['replaces in every value', { occurrence: 1 }, ['aa', 'b', 'ca'], ['Xa', 'b', 'cX']],
  ['puts groups in', { pattern: '(\\d+)-(\\d+)', replacement: '\\2:\\1' }, '1-22', '22:1'],
  ['puts the whole match in', { pattern: '\\d', replacement: '<\\0>' }, '1a2', '<1>a<2>'],
  ['a group that took no part is empty', { pattern: '(x)?a', replacement: '[\\1]' }, 'a', '[]'],
  ['a group that is not there is empty', { replacement: '[\\7]' }, 'a', '[]'],
  ['a dollar is a dollar', { replacement: '$1$&' }, 'a', '$1$&'],
  ['an escaped backslash is one', { replacement: '\\\\1' }, 'a', '\\1'],
  ['deletes', { replacement: '' }, 'banana', 'bnn'],
  ['matches of nothing are replaced once each', { pattern: 'x*', replacement: '-' }, 'ab', '-a-b-'],
] as const satisfies readonly (readonly [
  string,
  Partial<Substitute>,
  string | readonly string[],
  unknown,
])[]) {
  test(name, () => {
    expect(substituted(stage, value)).toEqual(expected);
  });
}

test('a row without the column stays as it is', () => {
  const row = columnsOf({ g: 'a' });
  const stage = {
    kind: 'substitute',
    column: 'f',
    pattern: 'a',
    replacement: '',
    occurrence: undefined,
  } as const;
  expect(substituteStage({ ...stage, fold: false })(row, moment)).toEqual([row]);
});

test('a value grows only so far, and is never cut within a character', () => {
  const grown = substituted({ replacement: `x${'\u{1f600}'.repeat(1_000)}` }, 'a'.repeat(10_000));
  expect(grown).toSatisfy(
    (text: string) =>
      text.length <= 1_048_576 && text.length > 1_000_000 && Buffer.from(text).toString() === text,
  );
});
