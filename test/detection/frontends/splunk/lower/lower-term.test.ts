import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globOf } from '../../../../../src/detection/frontends/splunk/lower/glob-of.ts';
import { allOf, anyOf } from '../../../../../src/detection/plan/combine.ts';
import type { Expr } from '../../../../../src/detection/plan/expr.ts';
import { compileGlob } from '../../../../../src/util/glob.ts';
import { errorsOf, on, whereOf } from './lower-fixture.ts';

const is = (name: string, ...values: string[]): Expr => on(name, { op: 'equals', values, fold: true });
const like = (name: string, ...patterns: string[]): Expr => on(name, { op: 'glob', patterns, fold: true });
const not = (item: Expr): Expr => ({ kind: 'not', item });

describe('a condition of search', () => {
  test.each<[string, Expr]>([
    ['*', allOf([])],
    ['verb=get', is('verb', 'get')],
    ['"user.groups{}"="system:unauthenticated"', is('user.groups{}', 'system:unauthenticated')],
    ['code=403', is('code', '403')],
    ['a=""', is('a', '')],
    ['verb=CASE(Get)', on('verb', { op: 'equals', values: ['Get'], fold: false })],
    ['verb=CASE(G*)', on('verb', { op: 'glob', patterns: ['G*'], fold: false })],
    ['verb=TERM(get)', is('verb', 'get')],
    ['message="Pulling image*"', like('message', 'Pulling image*')],
    ['a=what?*', like('a', 'what\\?*')],
    ['a="x\\*y"', like('a', 'x\\\\*y')],
    ['lac=*\\"privileged\\":true*', like('lac', '*"privileged":true*')],
    ['a=*', on('a', { op: 'exists' })],
    ['a="**"', on('a', { op: 'exists' })],
    ['a!=*', anyOf([])],
    ['NOT a=*', not(on('a', { op: 'exists' }))],
    ['a!=b', on('a', { op: 'fails', test: { op: 'equals', values: ['b'], fold: true } })],
    ['a!=b*', on('a', { op: 'fails', test: { op: 'glob', patterns: ['b*'], fold: true } })],
    ['ip=10.0.0.0/8', on('ip', { op: 'cidr', networks: ['10.0.0.0/8'] })],
    ['ip="2001:db8::/32"', on('ip', { op: 'cidr', networks: ['2001:db8::/32'] })],
    ['ip!=10.0.0.0/8', on('ip', { op: 'fails', test: { op: 'cidr', networks: ['10.0.0.0/8'] } })],
    ['agent=Helm/3.13.2', is('agent', 'Helm/3.13.2')],
    ['ip=10.0.0.0/33', is('ip', '10.0.0.0/33')],
    ['ip=10.0.0.0', is('ip', '10.0.0.0')],
    ['count>5', on('count', { op: 'order', comparison: '>', value: '5' })],
    ['name<=b', on('name', { op: 'order', comparison: '<=', value: 'b' })],
    ['verb IN (get, list)', is('verb', 'get', 'list')],
    ['verb IN (get)', is('verb', 'get')],
    [
      'a IN (x, y*, z, 10.0.0.0/8)',
      anyOf([is('a', 'x', 'z'), like('a', 'y*'), on('a', { op: 'cidr', networks: ['10.0.0.0/8'] })]),
    ],
    ['NOT a IN (x)', not(is('a', 'x'))],
    ['a=1 b=2', allOf([is('a', '1'), is('b', '2')])],
    ['verb=create OR verb=update', is('verb', 'create', 'update')],
    ['a=1 OR b=2 c=3', allOf([anyOf([is('a', '1'), is('b', '2')]), is('c', '3')])],
    ['NOT a=1 OR a=2', anyOf([not(is('a', '1')), is('a', '2')])],
  ])('%s', (text, expected) => {
    expect(whereOf(text)).toStrictEqual(expected);
  });
});

describe('a bare term', () => {
  test.each<[string, Expr]>([
    ['configmaps', on('_raw', { op: 'word', text: 'configmaps', fold: true })],
    ['fail*', on('_raw', { op: 'word', text: 'fail*', fold: true })],
    ['"A shell was spawned"', on('_raw', { op: 'phrase', text: 'A shell was spawned', fold: true })],
    ['"a=b"', on('_raw', { op: 'phrase', text: 'a=b', fold: true })],
    ['TERM(10.0.0.1)', on('_raw', { op: 'term', text: '10.0.0.1', fold: true })],
    ['CASE(Secret)', on('_raw', { op: 'word', text: 'Secret', fold: false })],
  ])('%s is looked for in the raw text', (text, expected) => {
    expect(whereOf(text)).toStrictEqual(expected);
  });
});

test.each([
  ['count>4*', 'bad-value at "4*": ">" takes no wildcard; "=" and "!=" do'],
  ['user*=a', 'bad-value at "user*": "user*" has a wildcard where Splunk takes none; name the field'],
  ['user* IN (a)', 'bad-value at "user*": "user*" has a wildcard where Splunk takes none; name the field'],
  [
    'a=1 NOT (b=2 OR date_hour<6)',
    'unsupported-option at "date_hour": "date_hour" is made when Splunk indexes an event, and not there; ' +
      'use "eval" with strftime(_time, ...), then "search"',
  ],
  ['_indextime>5', expect.stringContaining('test "_time"')],
  ['linecount>5', expect.stringContaining('test "_raw" with "regex"')],
])('refuses %s', (text, error) => {
  expect(errorsOf(text)).toEqual([error]);
});

test('a pattern matches what Splunk matches: every star is a wildcard, and nothing else', () => {
  let [matched, failed] = [0, 0];
  const pattern = fc.string({ unit: fc.constantFrom('a', '?', '\\', '*'), maxLength: 5 });
  const value = fc.string({ unit: fc.constantFrom('a', '?', '\\'), maxLength: 5 });
  fc.assert(
    fc.property(pattern, value, (written, text) => {
      const parts = written.split('*').map((part) => part.replace(/[\\?]/g, '\\$&'));
      const expected = new RegExp(`^${parts.join('.*')}$`).test(text);
      if (expected) matched++;
      else failed++;
      expect(compileGlob(globOf(written), true)(text)).toBe(expected);
    }),
    { seed: 61, numRuns: 1_000 },
  );
  expect(Math.min(matched, failed)).toBeGreaterThan(50);
});

test('a hundred thousand alternatives are one test', () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `v${index}`);
  expect(whereOf(names.map((name) => `a=${name}`).join(' OR '))).toEqual(is('a', ...names));
});
