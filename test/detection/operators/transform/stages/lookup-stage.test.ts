import { describe, expect, test } from 'vitest';
import type { Lookup } from '../../../../../src/detection/plan/transform.ts';
import { lookupStage } from '../../../../../src/detection/operators/transform/stages/lookup-stage.ts';
import { noReferences, type LookupTable } from '../../../../../src/detection/reference.ts';
import { columnsOf, written, type Written } from '../table.ts';

/** A table of whole rows that match exactly. */
function tableOf(fields: readonly string[], rows: readonly Readonly<Record<string, string>>[]): LookupTable {
  return {
    fields,
    find: (wanted) =>
      rows
        .filter((row) => wanted.every(({ field, value }) => row[field] === value))
        .map((row) => (field) => row[field]),
  };
}

const users = tableOf(
  ['name', 'team', 'role'],
  [
    { name: 'ann', team: 'blue', role: 'admin' },
    { name: 'bob', team: 'red', role: 'dev' },
    { name: 'bob', team: 'green', role: 'dev' },
    { name: 'cleo', team: 'red' },
  ],
);

function looked(
  stage: Partial<Lookup>,
  row: Written,
  table: LookupTable | undefined = users,
): Written | undefined {
  const lookup = lookupStage({
    kind: 'lookup',
    table: 'users',
    match: [{ field: 'name', column: 'user' }],
    output: [{ field: 'team', as: 'team' }],
    overwrite: true,
    ...stage,
  });
  const references = { ...noReferences, table: (name: string) => (name === 'users' ? table : undefined) };
  const [made] = lookup(columnsOf(row), { now: 0n, references });
  return made && written(made);
}

describe('a lookup', () => {
  for (const [name, stage, row, expected] of [
    ['adds the output', {}, { user: 'ann' }, { user: 'ann', team: 'blue' }],
    ['overwrites the output', {}, { user: 'ann', team: 'x' }, { user: 'ann', team: 'blue' }],
    ['without a match removes the output', {}, { user: 'dan', team: 'x' }, { user: 'dan' }],
    ['of a row without the column looks nothing up', {}, { team: 'x' }, { team: 'x' }],
    ['several matches make several values', {}, { user: 'bob' }, { user: 'bob', team: ['red', 'green'] }],
    [
      'matches each of several values',
      {},
      { user: ['ann', 'dan', 'bob'] },
      { user: ['ann', 'dan', 'bob'], team: ['blue', 'red', 'green'] },
    ],
    ['may leave what is there', { overwrite: false }, { user: 'ann', team: 'x' }, { user: 'ann', team: 'x' }],
    ['and yet sets what is not', { overwrite: false }, { user: 'ann' }, { user: 'ann', team: 'blue' }],
    [
      'decides for each output column',
      {
        overwrite: false,
        output: [
          { field: 'team', as: 'team' },
          { field: 'role', as: 'role' },
        ],
      },
      { user: 'ann', team: 'x' },
      { user: 'ann', team: 'x', role: 'admin' },
    ],
    [
      'without a list adds all that is not matched',
      { output: undefined },
      { user: 'ann' },
      { user: 'ann', team: 'blue', role: 'admin' },
    ],
    [
      'names outputs anew',
      { output: [{ field: 'team', as: 'group' }] },
      { user: 'ann' },
      { user: 'ann', group: 'blue' },
    ],
    [
      'leaves out a field that the row of the table lacks',
      { output: [{ field: 'role', as: 'role' }] },
      { user: 'cleo' },
      { user: 'cleo' },
    ],
    [
      'matches all columns at once',
      {
        match: [
          { field: 'name', column: 'user' },
          { field: 'team', column: 'team' },
        ],
        output: [{ field: 'role', as: 'role' }],
      },
      { user: ['ann', 'bob'], team: ['green', 'blue'] },
      { user: ['ann', 'bob'], team: ['green', 'blue'], role: ['admin', 'dev'] },
    ],
    [
      'of a table that is gone matches nothing',
      { table: 'gone' },
      { user: 'ann', team: 'x' },
      { user: 'ann' },
    ],
    [
      'of a table that is gone knows no fields',
      { table: 'gone', output: undefined },
      { user: 'ann', team: 'x' },
      { user: 'ann', team: 'x' },
    ],
  ] as const satisfies readonly (readonly [string, Partial<Lookup>, Written, Written])[]) {
    test(name, () => {
      expect(looked(stage, row)).toEqual(expected);
    });
  }

  test('a default of the table counts as a match (trap 40)', () => {
    const paths: LookupTable = { fields: ['lfi_path'], find: () => [() => 'false'] };
    expect(looked({ output: [{ field: 'lfi_path', as: 'lfi_path' }] }, { user: 'GET /' }, paths)).toEqual({
      user: 'GET /',
      lfi_path: 'false',
    });
  });

  test('searches only so often for one row, the last value among them', () => {
    let searches = 0;
    const all: LookupTable = {
      fields: ['team'],
      find: ([first]) => {
        searches++;
        return first?.value === 'last' ? [() => 'found'] : [];
      },
    };
    const user = [...Array.from({ length: 5_000 }, (_, index) => `u${index}`), 'last'];
    expect(looked({}, { user }, all)?.['team']).toBe('found');
    expect(searches).toBe(1_000);
    looked({ match: ['a', 'b', 'c'].map((field) => ({ field, column: 'user' })) }, { user }, all);
    expect(searches).toBeLessThanOrEqual(2_000);
  });

  test('an output column holds only so many values', () => {
    const many: LookupTable = {
      fields: ['team'],
      find: () => Array.from({ length: 1_000 }, () => () => 'x'),
    };
    const user = Array.from({ length: 100 }, () => 'u');
    expect(looked({}, { user }, many)?.['team']).toHaveLength(10_000);
  });
});
