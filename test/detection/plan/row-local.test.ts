import { expect, test } from 'vitest';
import { isRowLocal } from '../../../src/detection/plan/row-local.ts';
import type { Stage } from '../../../src/detection/plan/transform.ts';

const fill = (columns: readonly string[] | undefined): Stage => ({ kind: 'fill', columns, value: '0' });
const rename = (from: string, to: string): Stage => ({ kind: 'rename', pairs: [{ from, to }] });
const always = { kind: 'and', items: [] } as const;

test.each<[string, Stage, boolean]>([
  ['search', { kind: 'filter', where: always }, true],
  ['where', { kind: 'keep', where: { kind: 'call', name: 'true', args: [] } }, true],
  ['eval', { kind: 'extend', columns: [] }, true],
  ['rex', { kind: 'extract', column: 'a', pattern: '(?P<b>.)', matches: 1 }, true],
  [
    'rex mode=sed',
    { kind: 'substitute', column: 'a', pattern: 'b', replacement: '', occurrence: 1, fold: false },
    true,
  ],
  ['spath', { kind: 'spath', column: 'a', take: undefined }, true],
  ['lookup', { kind: 'lookup', table: 't', match: [], output: undefined, overwrite: true }, true],
  ['iplocation', { kind: 'locate', column: 'a', prefix: '', all: false }, true],
  ['table', { kind: 'project', how: 'table', columns: ['a'] }, true],
  ['mvexpand', { kind: 'expand', column: 'a', limit: undefined }, true],
  ['fillnull with a list', fill(['a']), true],
  ['fillnull', fill(undefined), false],
  ['rename', rename('a', 'b'), true],
  ['rename with a wildcard', rename('a.*', '*'), false],
  ['stats', { kind: 'stats', by: [], measures: [], join: false, distinct: false }, false],
  ['dedup', { kind: 'dedup', count: 1, by: ['a'], keepEmpty: false, consecutive: false, order: [] }, false],
  ['sort', { kind: 'sort', keys: [], limit: undefined }, false],
  ['head', { kind: 'head', count: 1 }, false],
  [
    'top',
    { kind: 'rank', order: 'top', columns: ['a'], by: [], limit: 1, countAs: 'c', percentAs: 'p' },
    false,
  ],
])('whether "%s" looks at one row at a time', (_, stage, expected) => {
  expect(isRowLocal(stage)).toBe(expected);
});
