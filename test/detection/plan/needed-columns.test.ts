import { expect, test } from 'vitest';
import type { Calc } from '../../../src/detection/plan/calc.ts';
import type { Expr } from '../../../src/detection/plan/expr.ts';
import { neededColumns } from '../../../src/detection/plan/needed-columns.ts';
import type { Stage, Statistic } from '../../../src/detection/plan/transform.ts';

const column = (name: string): Calc => ({ kind: 'column', name });
const has = (name: string): Expr => ({
  kind: 'test',
  field: { name, arrays: 'marked' },
  test: { op: 'exists' },
});
const values = (name: string): Statistic => ({
  as: `values(${name})`,
  of: 'values',
  value: column(name),
  percent: undefined,
});
const count: Statistic = { as: 'count', of: 'count', value: undefined, percent: undefined };
const stats = (by: string[], ...measures: Statistic[]): Stage => ({
  kind: 'stats',
  by,
  measures,
  join: false,
  distinct: false,
});
const set = (as: string, ...from: string[]): Stage => ({
  kind: 'extend',
  columns: [{ as, value: { kind: 'call', name: 'coalesce', args: from.map(column) } }],
});
const rename = (...pairs: [from: string, to: string][]): Stage => ({
  kind: 'rename',
  pairs: pairs.map(([from, to]) => ({ from, to })),
});
const project = (how: 'keep' | 'drop' | 'table', ...columns: string[]): Stage => ({
  kind: 'project',
  how,
  columns,
});
const fill: Stage = { kind: 'fill', columns: undefined, value: '0' };
const key = { column: 'k', descending: false, as: 'auto' } as const;

test.each<[string, Stage[], string[] | 'all']>([
  ['nothing behind shows every column', [], 'all'],
  ['a filter alone shows every column', [{ kind: 'filter', where: has('a') }], 'all'],
  ['a count needs none', [stats([], count)], []],
  ['stats needs what it groups by and measures', [stats(['a', 'b'], count, values('c'))], ['a', 'b', 'c']],
  [
    'what comes behind stats sees only its columns',
    [stats(['a']), { kind: 'filter', where: has('z') }],
    ['a'],
  ],
  ['eventstats keeps the columns there are', [{ ...stats(['a']), join: true } as Stage], 'all'],
  [
    'eventstats needs its own beside those',
    [{ ...stats(['a'], values('b')), join: true } as Stage, stats(['c'])],
    ['a', 'b', 'c'],
  ],
  [
    'a filter needs what it tests',
    [{ kind: 'filter', where: { kind: 'not', item: has('b') } }, stats(['a'])],
    ['a', 'b'],
  ],
  ['where needs what it compares', [{ kind: 'keep', where: column('b') }, stats(['a'])], ['a', 'b']],
  ['a bare fill needs nothing by itself', [fill, stats(['a'])], ['a']],
  ['a column that is set need not be there', [set('a', 'b', 'c'), stats(['a'])], ['b', 'c']],
  ['unless it is set from itself', [set('a', 'a', 'b'), stats(['a'])], ['a', 'b']],
  ['what is set for nothing needs nothing', [set('z', 'y'), stats(['a'])], ['a']],
  [
    'columns are set one after the other',
    [
      {
        kind: 'extend',
        columns: [
          { as: 'x', value: column('b') },
          { as: 'a', value: column('x') },
        ],
      },
      stats(['a']),
    ],
    ['b'],
  ],
  ['a new name needs the old one', [rename(['a', 'b']), stats(['b'])], ['a']],
  ['the old name is gone', [rename(['a', 'b']), stats(['a', 'c'])], ['c']],
  ['names apply from left to right', [rename(['a', 'b'], ['b', 'c']), stats(['c'])], ['a']],
  ['a name that stays stays', [rename(['a', 'a']), stats(['a'])], ['a']],
  [
    'a wildcard may make a name, or leave it',
    [rename(['object.*', '*']), rename(['involvedObject.*', '*']), stats(['kind'])],
    ['involvedObject.kind', 'kind', 'object.involvedObject.kind', 'object.kind'],
  ],
  [
    'a wildcard that cannot make it does not matter',
    [rename(['object.*', 'o.*']), stats(['kind'])],
    ['kind'],
  ],
  ['two wildcards may make it from anything', [rename(['*.*', '*_*']), stats(['a_b'])], 'all'],
  [
    'an extraction needs its text, and what it does not find',
    [{ kind: 'extract', column: '_raw', pattern: '(?P<a>x)', matches: 1 }, stats(['a'])],
    ['_raw', 'a'],
  ],
  [
    'a place needs the address',
    [{ kind: 'locate', column: 'ip', prefix: '', all: false }, stats(['City'])],
    ['City', 'ip'],
  ],
  [
    'an expansion needs its column',
    [{ kind: 'expand', column: 'x', limit: undefined }, stats(['a'])],
    ['a', 'x'],
  ],
  ['JSON needs its text', [{ kind: 'spath', column: 'x', take: undefined }, stats(['a'])], ['a', 'x']],
  [
    'a lookup needs what it compares',
    [
      {
        kind: 'lookup',
        table: 't',
        match: [{ field: 'f', column: 'x' }],
        output: [{ field: 'g', as: 'a' }],
        overwrite: true,
      },
      stats(['a']),
    ],
    ['a', 'x'],
  ],
  [
    'dedup needs its columns, and those it sorts by',
    [
      { kind: 'dedup', count: 1, by: ['d'], keepEmpty: false, consecutive: false, order: [key] },
      stats(['a']),
    ],
    ['a', 'd', 'k'],
  ],
  ['sort needs its keys', [{ kind: 'sort', keys: [key], limit: 10 }, stats(['a'])], ['a', 'k']],
  [
    'head and substitutions need nothing by themselves',
    [
      { kind: 'head', count: 3 },
      { kind: 'substitute', column: 'z', pattern: 'a', replacement: 'b', occurrence: 1, fold: false },
      stats(['a']),
    ],
    ['a'],
  ],
  [
    'top needs its columns and groups',
    [
      {
        kind: 'rank',
        order: 'top',
        columns: ['a'],
        by: ['b'],
        limit: 10,
        countAs: 'count',
        percentAs: undefined,
      },
    ],
    ['a', 'b'],
  ],
  ['table needs what it shows', [project('table', 'a', 'b')], ['a', 'b']],
  ['fields keeps the time and the text as well', [project('keep', 'a')], ['_raw', '_time', 'a']],
  ['a wildcard shows what there may be', [project('table', 'a*')], 'all'],
  ['what is not kept is not needed', [project('keep', 'a*'), stats(['ab', 'b', '_time'])], ['_time', 'ab']],
  ['what is dropped is not needed', [project('drop', 'b*'), stats(['a', 'bc'])], ['a']],
  ['dropping leaves all others', [project('drop', 'b')], 'all'],
])('%s', (_, stages, expected) => {
  const needed = neededColumns(stages);
  expect(needed === 'all' ? needed : [...needed].sort()).toEqual(expected);
});
