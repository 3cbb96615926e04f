import { describe, expect, test } from 'vitest';
import { dependsOnMeasures } from '../../../src/detection/plan/depends-on-measures.ts';
import type { Stage } from '../../../src/detection/plan/transform.ts';
import { above, call, column, fill, filter, rename, statistic, stats } from '../search-fixture.ts';

const extend = (as: string, from: string): Stage => ({
  kind: 'extend',
  columns: [{ as, value: call('upper', column(from)) }],
});

describe('whether a row gets through', () => {
  const counted = stats(['user'], [statistic('count'), statistic('values', 'x', { as: 'x' })]);
  for (const [name, rest, expected] of [
    ['nothing behind', [], false],
    ['a filter on a group value', [filter('user', 'a')], false],
    ['a filter on a measure', [filter('x', 'a')], true],
    ['a condition on a measure', [above('count', 5)], true],
    ['a condition on nothing that is there', [above('other', 5)], false],
    ['a measure by another name', [rename(['count', 'n']), above('n', 5)], true],
    ['a group value renamed beside a measure', [rename(['user', 'u'], ['count', 'n']), above('u', 5)], false],
    ['a group value in the place of a measure', [rename(['user', 'count']), above('count', 5)], false],
    ['a value made of a measure', [extend('y', 'x'), filter('y', 'A')], true],
    ['a value made of that', [extend('y', 'x'), extend('z', 'y'), filter('z', 'A')], true],
    [
      'a value made of a group value in the place of a measure',
      [extend('x', 'user'), filter('x', 'A')],
      false,
    ],
    ['a fill between', [fill, filter('user', 'a')], false],
    [
      'columns found in a measure',
      [{ kind: 'extract', column: 'x', pattern: '(?P<y>.)', matches: 1 }, filter('user', 'a')],
      true,
    ],
    [
      'columns found in a group value',
      [{ kind: 'extract', column: 'user', pattern: '(?P<y>.)', matches: 1 }, filter('y', 'a')],
      false,
    ],
    [
      'the place of a measure',
      [{ kind: 'locate', column: 'x', prefix: '', all: false }, filter('Country', 'a')],
      true,
    ],
    ['a rename with wildcards', [rename(['*', 'a.*']), filter('a.user', 'a')], true],
    ['a rename with wildcards and no filter', [rename(['*', 'a.*'])], false],
  ] as const satisfies readonly (readonly [string, readonly Stage[], boolean])[]) {
    test(`${name}: ${expected ? 'may change while its group grows' : 'is decided by the group'}`, () => {
      expect(dependsOnMeasures(counted, rest)).toBe(expected);
    });
  }
});
