import { describe, expect, test } from 'vitest';
import { extractStage } from '../../../../../src/detection/operators/transform/stages/extract-stage.ts';
import { moment, columnsOf, written, type Written } from '../table.ts';

function extracted(pattern: string, row: Written, matches: number | undefined): readonly Written[] {
  const stage = extractStage({ kind: 'extract', column: '_raw', pattern, matches });
  return stage(columnsOf(row), moment).map(written);
}

describe('extracting by a regular expression', () => {
  for (const [name, pattern, row, expected] of [
    ['a group becomes a column', '"(?P<method>\\S+) ', { _raw: '"GET /' }, { _raw: '"GET /', method: 'GET' }],
    [
      'a row without a match stays as it is',
      '^(?P<method>\\d+)',
      { _raw: 'GET', method: 'x' },
      { _raw: 'GET', method: 'x' },
    ],
    ['a row without the column stays as it is', '(?P<method>\\S+)', { method: 'x' }, { method: 'x' }],
    [
      'a match overwrites',
      '(?P<status>\\d+)',
      { _raw: 'a 404', status: '-' },
      { _raw: 'a 404', status: '404' },
    ],
    ['a group that matched nothing is an empty text', '^(?P<a>x*)y', { _raw: 'y' }, { _raw: 'y', a: '' }],
    [
      'a group that took no part gives no column',
      '^(?:(?P<a>x)|y)(?P<b>z)',
      { _raw: 'yz' },
      { _raw: 'yz', b: 'z' },
    ],
    [
      'a group that took no part leaves its column',
      '^(?:(?P<a>x)|y)',
      { _raw: 'y', a: '1' },
      { _raw: 'y', a: '1' },
    ],
    ['a group without a name gives no column', '(\\d)(?P<b>\\d)', { _raw: '12' }, { _raw: '12', b: '2' }],
    ['letter case matters', '(?P<a>GET)', { _raw: 'get' }, { _raw: 'get' }],
    [
      'only the first match counts, also of several values',
      '(?P<a>\\d)',
      { _raw: ['x', '1 2', '3'] },
      { _raw: ['x', '1 2', '3'], a: '1' },
    ],
    ['a group may take the place of its own column', '^(?P<_raw>\\w)', { _raw: 'abc' }, { _raw: 'a' }],
  ] as const) {
    test(name, () => {
      expect(extracted(pattern, row, 1)).toEqual([expected]);
    });
  }

  test('more matches make columns of several values, over all values of the column', () => {
    const row = { _raw: ['a=1 b=2', 'c=3'] };
    expect(extracted('(?P<key>\\w)=(?P<value>\\w)', row, undefined)).toEqual([
      { ...row, key: ['a', 'b', 'c'], value: ['1', '2', '3'] },
    ]);
    expect(extracted('(?P<key>\\w)=', row, 2)).toEqual([{ ...row, key: ['a', 'b'] }]);
  });

  test('matches of nothing end, and there are only so many of them', () => {
    const [row] = extracted('(?P<a>x*)', { _raw: 'yy' }, undefined);
    expect(row?.['a']).toEqual(['', '', '']);
    const [long] = extracted('(?P<a>x*)', { _raw: 'y'.repeat(20_000) }, undefined);
    expect(long?.['a']).toHaveLength(10_000);
  });

  test('a pattern that makes others explode ends', () => {
    const row = { _raw: `${'a'.repeat(20_000)}b` };
    expect(extracted('^(?P<x>(a+)+)$', row, 1)).toEqual([row]);
  });
});
