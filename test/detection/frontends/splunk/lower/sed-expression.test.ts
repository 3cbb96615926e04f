import { expect, test } from 'vitest';
import { sedExpression } from '../../../../../src/detection/frontends/splunk/lower/sed-expression.ts';

test.each([
  ['s/a/b/', { pattern: 'a', replacement: 'b', occurrence: 1, fold: false }],
  ['s/a/b/g', { pattern: 'a', replacement: 'b', occurrence: undefined, fold: false }],
  ['s/a/b/3', { pattern: 'a', replacement: 'b', occurrence: 3, fold: false }],
  ['s/a//gi', { pattern: 'a', replacement: '', occurrence: undefined, fold: true }],
  ['s#/a#b#', { pattern: '/a', replacement: 'b', occurrence: 1, fold: false }],
  ['s/a\\/b/\\1\\/x/', { pattern: 'a/b', replacement: '\\1/x', occurrence: 1, fold: false }],
  ['s/\\\\/x/', { pattern: '\\\\', replacement: 'x', occurrence: 1, fold: false }],
])('%s', (written, expected) => {
  expect(sedExpression(written)).toEqual(expected);
});

test.each([
  ['y/abc/xyz/', '"y/../../" is not supported'],
  ['a/b', 's/pattern/replacement/'],
  ['s', 's/pattern/replacement/'],
  ['sxaxbx', 's/pattern/replacement/'],
  ['s/a/b', 'and once'],
  ['s/a/b/ s/c/d/', 'and once'],
  ['s/a/b/x', '"x" is not supported behind a sed expression'],
  ['s/a/b/g2', '"g2" is not supported'],
])('%s is refused', (written, problem) => {
  expect(sedExpression(written)).toEqual({ problem: expect.stringContaining(problem) });
});
