import { describe, expect, test } from 'vitest';
import { stageEffects } from '../../../src/detection/plan/stage-effects.ts';
import type { Stage } from '../../../src/detection/plan/transform.ts';
import { above, call, column, fill, filter, rename, stats } from '../search-fixture.ts';

const lookup = {
  kind: 'lookup',
  table: 't',
  match: [{ field: 'f', column: 'a' }],
  output: [{ field: 'g', as: 'b' }],
  overwrite: true,
} as const satisfies Stage;

const places = ['City', 'Country', 'Region', 'lat', 'lon', 'Continent', 'MetroCode', 'Timezone'];

describe('a stage that looks at one row', () => {
  for (const [name, stage, reads, writes] of [
    ['search', filter('a', 'x'), ['a'], []],
    ['where', above('a', 1), ['a'], []],
    [
      'eval',
      { kind: 'extend', columns: [{ as: 'b', value: call('.', column('a'), column('c')) }] },
      ['a', 'c'],
      ['b'],
    ],
    ['fillnull with a list', { kind: 'fill', columns: ['a'], value: '0' }, ['a'], ['a']],
    ['rename', rename(['a', 'b']), ['a', 'b'], ['a', 'b']],
    ['lookup', lookup, ['a'], ['b']],
    ['lookup that overwrites nothing', { ...lookup, overwrite: false }, ['a', 'b'], ['b']],
    ['lookup of all fields', { ...lookup, output: undefined }, ['a'], 'any'],
    [
      'iplocation',
      { kind: 'locate', column: 'a', prefix: 'p', all: false },
      ['a'],
      places.map((as) => `p${as}`),
    ],
    ['mvexpand', { kind: 'expand', column: 'a', limit: undefined }, ['a'], ['a']],
    ['rex', { kind: 'extract', column: 'a', pattern: '(?P<b>.)', matches: 1 }, ['a'], 'any'],
    ['spath', { kind: 'spath', column: 'a', take: undefined }, ['a'], 'any'],
    ['spath with a path', { kind: 'spath', column: 'a', take: { path: 'x', as: 'b' } }, ['a'], ['b']],
    ['fields', { kind: 'project', how: 'keep', columns: ['a*'] }, [], 'any'],
  ] as const satisfies readonly (readonly [string, Stage, readonly string[], readonly string[] | 'any'])[]) {
    test(`${name} reads ${reads.join(' ') || 'nothing'} and writes ${[writes].flat().join(' ') || 'nothing'}`, () => {
      expect(stageEffects(stage)).toEqual({
        reads: new Set(reads),
        writes: writes === 'any' ? 'any' : new Set(writes),
      });
    });
  }

  for (const stage of [
    fill,
    rename(['a.*', '*']),
    stats(['a']),
    { kind: 'head', count: 1 },
  ] as const satisfies readonly Stage[]) {
    test(`is not what ${stage.kind} of all rows is`, () => {
      expect(stageEffects(stage)).toBeUndefined();
    });
  }
});
