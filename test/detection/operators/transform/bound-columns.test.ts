import { expect, test } from 'vitest';
import { boundColumns } from '../../../../src/detection/operators/transform/bound-columns.ts';
import { columnsOf } from './table.ts';

test('columns that are short enough are not copied', () => {
  const columns = columnsOf({ a: 'x'.repeat(4_096), b: ['y', 'z'] });
  expect(boundColumns(columns)).toBe(columns);
});

test('one value that is too long is cut, and what is short stays', () => {
  const bound = boundColumns(columnsOf({ a: 'x', b: ['y', 'z'.repeat(4_097)] }));
  expect(bound.get('a')).toEqual(['x']);
  expect(bound.get('b')?.map(({ length }) => length)).toEqual([1, 4_129]);
});
