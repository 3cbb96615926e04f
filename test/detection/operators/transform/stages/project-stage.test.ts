import { expect, test } from 'vitest';
import { projectStage } from '../../../../../src/detection/operators/transform/stages/project-stage.ts';
import { moment, columnsOf } from '../table.ts';

const row = { b: '2', _time: '1', 'a.y': '4', a: '1', 'a.x': '3', _raw: '{}' };

for (const [how, columns, expected] of [
  ['keep', ['b', 'a'], ['b', 'a', '_time', '_raw']],
  ['keep', ['_raw', 'a*'], ['_raw', 'a', 'a.x', 'a.y', '_time']],
  ['keep', ['missing'], ['_time', '_raw']],
  ['table', ['b', 'a'], ['b', 'a']],
  ['table', ['a.*', 'a*', 'missing'], ['a.x', 'a.y', 'a']],
  ['table', ['*'], ['_raw', '_time', 'a', 'a.x', 'a.y', 'b']],
  ['table', ['missing'], []],
  ['drop', ['a.*', 'b', 'missing'], ['_time', 'a', '_raw']],
  ['drop', ['_time'], ['b', 'a.y', 'a', 'a.x', '_raw']],
] as const) {
  test(`${how} ${columns.join(' ')} leaves ${expected.join(' ')}`, () => {
    const [made, ...others] = projectStage({ kind: 'project', how, columns })(columnsOf(row), moment);
    expect([...(made?.keys() ?? [])]).toEqual(expected);
    expect(others).toEqual([]);
  });
}

test('columns keep their values', () => {
  const made = projectStage({ kind: 'project', how: 'table', columns: ['a'] })(
    columnsOf({ a: ['1', '2'] }),
    moment,
  );
  expect(made.map((columns) => columns.get('a'))).toEqual([['1', '2']]);
});
