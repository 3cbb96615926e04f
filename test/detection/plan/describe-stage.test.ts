import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CalcName } from '../../../src/detection/plan/calc-functions.ts';
import type { Calc } from '../../../src/detection/plan/calc.ts';
import { describeCalc } from '../../../src/detection/plan/describe-calc.ts';
import { describeStage } from '../../../src/detection/plan/describe-stage.ts';
import type { Stage } from '../../../src/detection/plan/transform.ts';
import { stageOf } from './transform-arbitrary.ts';

const [a, b, c] = ['a', 'b', 'c'].map((name): Calc => ({ kind: 'column', name })) as [Calc, Calc, Calc];
const five: Calc = { kind: 'number', value: 5 };
const call = (name: CalcName, ...args: Calc[]): Calc => ({ kind: 'call', name, args });

test.each<[string, Calc]>([
  ['a > 5', call('>', a, five)],
  [`'user.groups{}'`, { kind: 'column', name: 'user.groups{}' }],
  ['"say \\"x\\""', { kind: 'text', value: 'say "x"' }],
  ['if(a = b, "x", null())', call('if', call('=', a, b), { kind: 'text', value: 'x' }, call('null'))],
  ['a AND b OR c', call('or', call('and', a, b), c)],
  ['a AND (b OR c)', call('and', a, call('or', b, c))],
  ['NOT (a OR b)', call('not', call('or', a, b))],
  ['NOT a = b', call('not', call('=', a, b))],
  ['a - (b - c)', call('-', a, call('-', b, c))],
  ['a - b - c', call('-', call('-', a, b), c)],
  ['-(a + b) * c', call('*', call('negative', call('+', a, b)), c)],
  ['a . (b . c)', call('.', a, call('.', b, c))],
])('%s', (text, calc) => {
  expect(describeCalc(calc)).toBe(text);
});

const by = { column: 'count', descending: true, as: 'auto' } as const;

test.each<[string, Stage]>([
  ['keep rows where always', { kind: 'filter', where: { kind: 'and', items: [] } }],
  ['keep rows where a > 5', { kind: 'keep', where: call('>', a, five) }],
  [
    'set x = a, y = 5',
    {
      kind: 'extend',
      columns: [
        { as: 'x', value: a },
        { as: 'y', value: five },
      ],
    },
  ],
  [
    'extract from _raw by "(?P<a>.)", at most 1 matches',
    { kind: 'extract', column: '_raw', pattern: '(?P<a>.)', matches: 1 },
  ],
  [
    'replace every match of "a" in x by "b"',
    { kind: 'substitute', column: 'x', pattern: 'a', replacement: 'b', occurrence: undefined, fold: false },
  ],
  ['take "a.b" of the JSON in _raw as y', { kind: 'spath', column: '_raw', take: { path: 'a.b', as: 'y' } }],
  ['take every field of the JSON in x', { kind: 'spath', column: 'x', take: undefined }],
  ['fill every column of the window with "0"', { kind: 'fill', columns: undefined, value: '0' }],
  ['fill a, b with "x"', { kind: 'fill', columns: ['a', 'b'], value: 'x' }],
  ['rename a.* as *', { kind: 'rename', pairs: [{ from: 'a.*', to: '*' }] }],
  [
    'look up path = request in "lfi" for found as lfi where it is missing',
    {
      kind: 'lookup',
      table: 'lfi',
      match: [{ field: 'path', column: 'request' }],
      output: [{ field: 'found', as: 'lfi' }],
      overwrite: false,
    },
  ],
  ['add the place of ip with the prefix "x_"', { kind: 'locate', column: 'ip', prefix: 'x_', all: false }],
  [
    'stats count, values(a) as as, perc95(b) by c',
    {
      kind: 'stats',
      by: ['c'],
      measures: [
        { as: 'count', of: 'count', value: undefined, percent: undefined },
        { as: 'as', of: 'values', value: a, percent: undefined },
        { as: 'perc95(b)', of: 'perc', value: b, percent: 95 },
      ],
      join: false,
      distinct: false,
    },
  ],
  [
    'keep the first 2 rows of each a, sorted by count descending',
    { kind: 'dedup', count: 2, by: ['a'], keepEmpty: false, consecutive: false, order: [by] },
  ],
  ['sort by count descending, at most 3 rows', { kind: 'sort', keys: [by], limit: 3 }],
  ['take the first 5 rows', { kind: 'head', count: 5 }],
  [
    'the 10 most frequent of a, b by c',
    {
      kind: 'rank',
      order: 'top',
      columns: ['a', 'b'],
      by: ['c'],
      limit: 10,
      countAs: 'count',
      percentAs: 'percent',
    },
  ],
  ['drop a*', { kind: 'project', how: 'drop', columns: ['a*'] }],
  ['show a, b', { kind: 'project', how: 'table', columns: ['a', 'b'] }],
  ['make a row of each value of a', { kind: 'expand', column: 'a', limit: undefined }],
])('%s', (text, stage) => {
  expect(describeStage(stage)).toBe(text);
});

test('any stage is one line that a terminal may show', () => {
  fc.assert(
    fc.property(stageOf(fc.constant({ kind: 'and', items: [] })), (stage) => {
      expect(describeStage(stage)).toMatch(/^[^\p{Cc}]+$/u);
    }),
    { seed: 52, numRuns: 500 },
  );
});
