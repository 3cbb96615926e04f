import { expect, test } from 'vitest';
import { isColumnWise } from '../../../src/detection/plan/column-wise.ts';
import type { Project, Stage } from '../../../src/detection/plan/transform.ts';
import { above, fill, filter, rename } from '../search-fixture.ts';

const project = (how: Project['how'], ...columns: readonly string[]): Stage => ({
  kind: 'project',
  how,
  columns,
});

test.each<[string, Stage, boolean]>([
  ['rename', rename(['a', 'b'], ['c', 'd']), true],
  ['rename with a wildcard', rename(['a', 'b'], ['c.*', '*']), false],
  ['table', project('table', 'a'), true],
  ['fields', project('keep', 'a'), true],
  ['fields -', project('drop', 'a'), true],
  ['table with a wildcard', project('table', 'a*'), false],
  ['fillnull with a list', { ...fill, columns: ['a'] }, false],
  ['search', filter('a', 'x'), false],
  ['where', above('a', 1), false],
  ['eval', { kind: 'extend', columns: [] }, false],
  ['mvexpand', { kind: 'expand', column: 'a', limit: undefined }, false],
])('whether "%s" moves whole columns by their names alone', (_, stage, expected) => {
  expect(isColumnWise(stage)).toBe(expected);
});
