import { describe, expect, test } from 'vitest';
import {
  expandStage,
  expandTableStage,
} from '../../../../../src/detection/operators/transform/stages/expand-stage.ts';
import { moment, columnsOf, tableOf, written, writtenRows } from '../table.ts';

const many = (length: number): readonly string[] => Array.from({ length }, (_, index) => `v${index}`);

describe('a row', () => {
  for (const [name, limit, row, expected] of [
    ['becomes one for each value', undefined, { a: ['x', 'y', 'x'], b: ['1', '2'] }, ['x', 'y', 'x']],
    ['of one value stays', undefined, { a: 'x', b: ['1', '2'] }, ['x']],
    ['becomes as many as are asked for', 2, { a: ['x', 'y', 'z'], b: ['1', '2'] }, ['x', 'y']],
  ] as const) {
    test(name, () => {
      const made = expandStage({ kind: 'expand', column: 'a', limit })(columnsOf(row), moment);
      expect(made.map(written)).toEqual(expected.map((a) => ({ a, b: ['1', '2'] })));
    });
  }

  test('that lacks the column stays', () => {
    const row = columnsOf({ b: '1' });
    expect(expandStage({ kind: 'expand', column: 'a', limit: undefined })(row, moment)).toEqual([row]);
  });

  test('becomes 10,000 at most', () => {
    const stage = expandStage({ kind: 'expand', column: 'a', limit: undefined });
    expect(stage(columnsOf({ a: many(20_000) }), moment)).toHaveLength(10_000);
  });
});

describe('a result set', () => {
  const stage = expandTableStage({ kind: 'expand', column: 'a', limit: undefined });

  test('is expanded row by row, each for its own events', () => {
    const rows = tableOf([{ a: ['x', 'y'] }, { b: '1' }, { a: 'z' }]);
    const made = stage(rows, moment);
    expect(writtenRows(made)).toEqual([{ a: 'x' }, { a: 'y' }, { b: '1' }, { a: 'z' }]);
    expect(made.map(({ trace }) => trace.events)).toEqual([1, 1, 1, 1]);
    expect(made.map(({ trace }) => trace.from)).toEqual(['0', '0', '1', '2']);
  });

  test('grows only so far, and large rows push out no small one', () => {
    const large = { a: many(10_000) };
    const made = stage(tableOf([...Array.from({ length: 20 }, () => large), { a: ['x', 'y'] }]), moment);
    expect(made.length).toBeLessThanOrEqual(100_000);
    expect(made.length).toBeGreaterThan(99_000);
    expect(writtenRows(made.slice(-2))).toEqual([{ a: 'x' }, { a: 'y' }]);
  });
});
