import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Dedup } from '../../../../../src/detection/plan/transform.ts';
import { dedupStage } from '../../../../../src/detection/operators/transform/stages/dedup-stage.ts';
import { moment, tableOf, type Written } from '../table.ts';

function deduped(stage: Partial<Dedup>, rows: readonly Written[]): readonly string[] {
  const dedup = dedupStage({
    kind: 'dedup',
    count: 1,
    by: ['a'],
    keepEmpty: false,
    consecutive: false,
    order: [],
    ...stage,
  });
  return dedup(tableOf(rows), moment).map(({ trace }) => trace.from);
}

const letters = [{ a: 'x' }, { a: 'y' }, { a: 'x' }, { a: 'x' }, { b: '1' }, { a: 'y' }, { b: '1' }];

for (const [name, stage, rows, expected] of [
  ['keeps the first, which is the newest (trap 42)', {}, letters, ['0', '1']],
  [
    'drops rows that lack a column (trap 42)',
    { by: ['a', 'b'] },
    [{ a: 'x' }, { b: '1' }, { a: 'x', b: '1' }],
    ['2'],
  ],
  ['keeps as many as are asked for', { count: 2 }, letters, ['0', '1', '2', '5']],
  ['keeps all rows that lack a column if told so', { keepEmpty: true }, letters, ['0', '1', '4', '6']],
  ['compares neighbours only if told so', { consecutive: true }, letters, ['0', '1', '2', '5']],
  [
    'compares neighbours, and a row that lacks the column stands between',
    { consecutive: true, keepEmpty: true },
    [{ a: 'x' }, {}, { a: 'x' }, { a: 'x' }],
    ['0', '1', '2'],
  ],
  [
    'compares whole lists (spec §3.8)',
    {},
    [{ a: ['x', 'y'] }, { a: 'x' }, { a: ['y', 'x'] }, { a: ['x', 'y'] }],
    ['0', '1', '2'],
  ],
  ['an empty text is a value', {}, [{ a: '' }, { a: '' }, { a: '0' }], ['0', '2']],
  ['minds letter case', {}, [{ a: 'x' }, { a: 'X' }], ['0', '1']],
  [
    'tells columns apart',
    { by: ['a', 'b'] },
    [
      { a: 'x', b: 'y' },
      { a: ['x', 'y'], b: 'y' },
      { a: 'x', b: ['y', 'y'] },
    ],
    ['0', '1', '2'],
  ],
  [
    'chooses in another order',
    { order: [{ column: 'n', descending: true, as: 'auto' }] },
    [
      { a: 'x', n: '1' },
      { a: 'y', n: '2' },
      { a: 'x', n: '3' },
    ],
    ['2', '1'],
  ],
] as const satisfies readonly (readonly [string, Partial<Dedup>, readonly Written[], readonly string[]])[]) {
  test(name, () => {
    expect(deduped(stage, rows)).toEqual(expected);
  });
}

test('keeps the first of each combination, and no other row', () => {
  const value = fc.constantFrom('x', 'y');
  let dropped = 0;
  fc.assert(
    fc.property(fc.array(fc.record({ a: value, b: value }), { maxLength: 10 }), (rows) => {
      const firsts = rows.flatMap((row, index) =>
        rows.findIndex(({ a, b }) => a === row.a && b === row.b) === index ? [String(index)] : [],
      );
      expect(deduped({ by: ['a', 'b'] }, rows)).toEqual(firsts);
      dropped += rows.length - firsts.length;
    }),
    { seed: 9, numRuns: 300 },
  );
  expect(dropped).toBeGreaterThan(200);
});
