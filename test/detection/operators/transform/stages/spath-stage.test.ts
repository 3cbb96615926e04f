import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spathStage } from '../../../../../src/detection/operators/transform/stages/spath-stage.ts';
import { moment, columnsOf, written, type Written } from '../table.ts';

function spath(row: Written, take?: { readonly path: string; readonly as: string }): Written | undefined {
  const [made] = spathStage({ kind: 'spath', column: 'log', take })(columnsOf(row), moment);
  return made && written(made);
}

describe('all fields of a JSON text', () => {
  for (const [name, log, expected] of [
    ['objects and arrays', '{"a":{"b":"1"},"c":[{"d":"2"},{"d":"3"}]}', { 'a.b': '1', 'c{}.d': ['2', '3'] }],
    [
      'null, booleans and numbers as texts (traps 21, 22)',
      '{"a":null,"b":true,"c":1.50}',
      { a: 'null', b: 'true', c: '1.50' },
    ],
    ['nothing of empty containers (trap 21)', '{"a":[],"b":{}}', {}],
    ['an empty text', '{"a":""}', { a: '' }],
    [
      'keys that hold dots (trap 18)',
      '{"annotations":{"k8s.io/decision":"forbid"}}',
      { 'annotations.k8s.io/decision': 'forbid' },
    ],
    ['an array at the top', '["x",["y"]]', { '{}': 'x', '{}{}': 'y' }],
    ['nothing of a scalar', '"x"', {}],
    ['nothing of what is no JSON', '{"a":', {}],
  ] as const) {
    test(name, () => {
      expect(spath({ log })).toEqual({ log, ...expected });
    });
  }

  test('replaces columns of the same name, and merges several texts', () => {
    const log = ['{"a":"1","b":"x"}', '{"a":"2"}'];
    expect(spath({ log, a: 'old', c: 'old' })).toEqual({ log, a: ['1', '2'], b: 'x', c: 'old' });
  });

  test('a row without the column stays as it is', () => {
    expect(spath({ a: '1' })).toEqual({ a: '1' });
  });

  test('a text beyond 5,000 characters is read whole', () => {
    expect(spath({ log: `{"a":"${'x'.repeat(6_000)}","b":"end"}` })?.['b']).toBe('end');
  });

  test('only so many fields come of a text, and no values without end', () => {
    const fields = Array.from({ length: 5_000 }, (_, index) => `"k${index}":1`).join(',');
    expect(Object.keys(spath({ log: `{${fields}}` }) ?? {})).toHaveLength(1_001);
    expect(spath({ log: `{"a":[${'1,'.repeat(20_000)}1]}` })?.['a{}']).toHaveLength(10_000);
    expect(spath({ log: `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}` })).toHaveProperty('log');
  });
});

describe('one path of a JSON text', () => {
  const log = '{"a":{"b":["1","2"]},"c":null}';
  for (const [path, expected] of [
    ['a.b{}', ['1', '2']],
    ['a.b{1}', '2'],
    ['a.b', '["1","2"]'],
    ['c', 'null'],
  ] as const) {
    test(path, () => {
      expect(spath({ log }, { path, as: 'found' })).toEqual({ log, found: expected });
    });
  }

  test('what is not there leaves the output column as it is', () => {
    expect(spath({ log, found: 'old' }, { path: 'x', as: 'found' })).toEqual({ log, found: 'old' });
  });
});

test('no text makes it throw', () => {
  const outcomes = { json: 0, other: 0 };
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), fc.string({ maxLength: 5 }), (log, path) => {
      const fields = spath({ log });
      expect(fields).toHaveProperty('log');
      expect(spath({ log }, { path, as: 'found' })).toBeDefined();
      outcomes[Object.keys(fields ?? {}).length > 1 ? 'json' : 'other']++;
    }),
    { seed: 6, numRuns: 500 },
  );
  expect(Math.min(outcomes.json, outcomes.other)).toBeGreaterThan(50);
});
