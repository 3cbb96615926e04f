import { describe, expect, test } from 'vitest';
import type { Calc } from '../../../../../src/detection/plan/calc.ts';
import type { Expr } from '../../../../../src/detection/plan/expr.ts';
import {
  filterStage,
  keepStage,
} from '../../../../../src/detection/operators/transform/stages/filter-stage.ts';
import { moment, columnsOf } from '../table.ts';

const equals = (name: string, value: string): Expr => ({
  kind: 'test',
  field: { name, arrays: 'marked' },
  test: { op: 'equals', values: [value], fold: true },
});

describe('a filter', () => {
  for (const [name, where, row, kept] of [
    [
      'keeps what any value satisfies (trap 7)',
      equals('groups', 'admin'),
      { groups: ['dev', 'Admin'] },
      true,
    ],
    ['drops what no value satisfies', equals('groups', 'admin'), { groups: ['dev'] }, false],
    ['drops a row that lacks the column', equals('groups', 'admin'), {}, false],
    ['keeps it by a negation (trap 8)', { kind: 'not', item: equals('groups', 'admin') }, {}, true],
    ['of no condition keeps all', { kind: 'and', items: [] }, {}, true],
  ] as const satisfies readonly (readonly [string, Expr, object, boolean])[]) {
    test(name, () => {
      const columns = columnsOf(row);
      expect(filterStage({ kind: 'filter', where })(columns, moment)).toEqual(kept ? [columns] : []);
    });
  }
});

describe('a condition', () => {
  const moreThanFive: Calc = {
    kind: 'call',
    name: '>',
    args: [
      { kind: 'column', name: 'count' },
      { kind: 'number', value: 5 },
    ],
  };
  const negated: Calc = { kind: 'call', name: 'not', args: [moreThanFive] };
  for (const [name, where, row, kept] of [
    ['keeps what is true', moreThanFive, { count: '6' }, true],
    ['drops what is false, the limit itself (trap 15)', moreThanFive, { count: '5' }, false],
    ['drops what is null', moreThanFive, {}, false],
    ['drops the negation of null, too', negated, {}, false],
    ['keeps the negation of false', negated, { count: '5' }, true],
  ] as const) {
    test(name, () => {
      const columns = columnsOf(row);
      expect(keepStage({ kind: 'keep', where })(columns, moment)).toEqual(kept ? [columns] : []);
    });
  }
});
