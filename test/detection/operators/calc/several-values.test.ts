import { describe, expect, test } from 'vitest';
import { call, column, missing, run } from './run-calc.ts';

describe('several values', () => {
  for (const [name, calc, expected] of [
    ['split', call('split', 'a,b,a', ','), ['a', 'b', 'a']],
    ['split leaves empty parts', call('split', ',a,', ','), ['', 'a', '']],
    ['split without a delimiter in it', call('split', 'abc', ','), 'abc'],
    ['split of an empty text is an empty text', call('split', '', ','), ''],
    ['split at every character', call('split', 'a😀b', ''), ['a', '😀', 'b']],
    ['split of null', call('split', missing, ','), null],
    ['mvcount', call('mvcount', column('several')), 4],
    ['mvcount of one', call('mvcount', 'a'), 1],
    ['mvcount of none is null', call('mvcount', missing), null],
    // Search Reference, "Multivalue eval functions": indexes begin at 0, -1 is the last, an end is included.
    ['mvindex', call('mvindex', column('several'), 2), 'c'],
    ['mvindex from the end', call('mvindex', column('several'), -1), 'a'],
    ['mvindex of a range', call('mvindex', column('several'), 1, 2), ['a', 'c']],
    ['mvindex of a range from the end', call('mvindex', column('several'), -3, -2), ['a', 'c']],
    ['mvindex of a range beyond the end', call('mvindex', column('several'), 2, 9), ['c', 'a']],
    ['mvindex of one', call('mvindex', 'a', 0), 'a'],
    ['mvindex behind the end', call('mvindex', column('several'), 4), null],
    ['mvindex before the beginning', call('mvindex', column('several'), -5), null],
    ['mvindex of a range that is turned round', call('mvindex', column('several'), 2, 1), null],
    ['mvindex at no place', call('mvindex', column('several'), missing), null],
    ['mvjoin', call('mvjoin', column('several'), ', '), 'b, a, c, a'],
    ['mvjoin of one', call('mvjoin', 'a', ','), 'a'],
    ['mvjoin of null', call('mvjoin', missing, ','), null],
    [
      'mvappend',
      call('mvappend', column('one'), 'x', missing, column('numbers')),
      ['a', 'x', '9', '10', '70'],
    ],
    ['mvappend of a number', call('mvappend', 1, 2), ['1', '2']],
    ['mvappend of nulls', call('mvappend', missing), null],
    ['mvdedup keeps the first of equal ones', call('mvdedup', column('several')), ['b', 'a', 'c']],
    ['mvdedup of equal ones', call('mvdedup', call('mvappend', 'a', 'a')), 'a'],
    ['mvfilter', call('mvfilter', call('>', column('numbers'), 9)), ['10', '70']],
    ['mvfilter that lets one pass', call('mvfilter', call('match', column('several'), 'c')), 'c'],
    ['mvfilter that lets none pass', call('mvfilter', call('=', column('several'), 'x')), null],
    ['mvfilter of null', call('mvfilter', call('=', missing, 'x')), null],
    ['mvfilter over two columns', call('mvfilter', call('=', column('one'), column('several'))), null],
    ['mvfilter over no column', call('mvfilter', call('true')), null],
  ] as const) {
    test(name, () => expect(run(calc)).toEqual(expected));
  }
});
