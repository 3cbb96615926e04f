import { expect, test } from 'vitest';
import { allOf, anyOf } from '../../../src/detection/plan/combine.ts';
import { describeExpr } from '../../../src/detection/plan/describe-expr.ts';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';

const on = (name: string, what: Test): Expr => ({
  kind: 'test',
  field: { name, arrays: 'hidden' },
  test: what,
});
const verb = on('verb', { op: 'equals', values: ['create', 'patch'], fold: true });
const image = on('requestObject.message', { op: 'glob', patterns: ['Pulling image*'], fold: true });
const agent = on('userAgent', { op: 'regex', pattern: '^curl', fold: false });

test.each<[string, Expr]>([
  ['requestObject.message glob "Pulling image*"', image],
  ['verb is "create" or "patch"', verb],
  ['userAgent regex "^curl" (letter case matters)', agent],
  ['ip in network 10.0.0.0/8 or ::1/128', on('ip', { op: 'cidr', networks: ['10.0.0.0/8', '::1/128'] })],
  ['code >= 400', on('code', { op: 'compare', comparison: '>=', value: 400 })],
  ['not uid exists', { kind: 'not', item: on('uid', { op: 'exists' }) }],
  ['code < "4x"', on('code', { op: 'order', comparison: '<', value: '4x' })],
  ['_raw has the word "fail*"', on('_raw', { op: 'word', text: 'fail*', fold: true })],
  ['_raw has the phrase "a b"', on('_raw', { op: 'phrase', text: 'a b', fold: true })],
  ['_raw has the term "A" (letter case matters)', on('_raw', { op: 'term', text: 'A', fold: false })],
  [
    'verb has a value that fails: is "get"',
    on('verb', { op: 'fails', test: { op: 'equals', values: ['get'], fold: true } }),
  ],
  ['a contains "x"', on('a', { op: 'contains', values: ['x'], fold: true })],
  ['a starts with "x"', on('a', { op: 'starts_with', values: ['x'], fold: true })],
  ['a ends with "x\\u{1b}"', on('a', { op: 'ends_with', values: ['x\u001b'], fold: true })],
  [
    'a exists and (verb is "create" or "patch" or not (b exists and c exists))',
    allOf([
      on('a', { op: 'exists' }),
      anyOf([verb, { kind: 'not', item: allOf([on('b', { op: 'exists' }), on('c', { op: 'exists' })]) }]),
    ]),
  ],
  ['always', allOf([])],
  ['never', anyOf([])],
])('%s', (text, expr) => {
  expect(describeExpr(expr)).toBe(text);
});
