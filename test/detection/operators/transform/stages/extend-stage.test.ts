import { expect, test } from 'vitest';
import type { Calc } from '../../../../../src/detection/plan/calc.ts';
import { extendStage } from '../../../../../src/detection/operators/transform/stages/extend-stage.ts';
import { moment, columnsOf, written } from '../table.ts';

const text = (value: string): Calc => ({ kind: 'text', value });
const column = (name: string): Calc => ({ kind: 'column', name });

for (const [name, assignments, row, expected] of [
  ['sets a column', [['phase', text('operate')]], { a: '1' }, { a: '1', phase: 'operate' }],
  [
    'replaces a column, keeping its several values',
    [['a', column('b')]],
    { a: '1', b: ['2', '3'] },
    { a: ['2', '3'], b: ['2', '3'] },
  ],
  [
    'null removes the column',
    [['a', { kind: 'call', name: 'null', args: [] }]],
    { a: '1', b: '2' },
    { b: '2' },
  ],
  ['a column that is missing is null', [['a', column('x')]], { a: '1' }, {}],
  [
    'sees what was set before',
    [
      ['a', text('1')],
      ['b', column('a')],
    ],
    {},
    { a: '1', b: '1' },
  ],
] as const satisfies readonly (readonly [string, readonly (readonly [string, Calc])[], object, object])[]) {
  test(name, () => {
    const columns = assignments.map(([as, value]) => ({ as, value }));
    expect(extendStage({ kind: 'extend', columns })(columnsOf(row), moment).map(written)).toEqual([expected]);
  });
}
