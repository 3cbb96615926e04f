import { describe, expect, test } from 'vitest';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import { literalsOf } from '../../../src/detection/scan/literals.ts';
import { meaning } from './plain-path.ts';
import { ScanBench } from './scan-lines.ts';

const on = (name: string, test: Test): Expr => ({ kind: 'test', field: { name, arrays: 'hidden' }, test });
const texts = (where: Expr): readonly string[] | undefined =>
  literalsOf([{ id: 'plan', where }], meaning)?.texts;

describe('a line has to hold', () => {
  const cases: readonly (readonly [what: string, test: Test, expected: readonly string[] | undefined])[] = [
    ['a value', { op: 'equals', values: ['Pods'], fold: false }, ['pods']],
    ['one of several', { op: 'equals', values: ['pods', 'secrets'], fold: false }, ['pods', 'secrets']],
    ['none, if one is short', { op: 'equals', values: ['pods', 'get'], fold: false }, undefined],
    ['the longest piece', { op: 'glob', patterns: ['a*Pulling image?xy'], fold: true }, ['pulling image']],
    [
      'what is escaped in a pattern',
      { op: 'glob', patterns: [String.raw`kub\*lets`], fold: false },
      ['kub*lets'],
    ],
    ['no half of a token', { op: 'word', text: 'pull*image', fold: true }, ['image']],
    [
      'what JSON does not escape',
      { op: 'contains', values: ['a<img src="longer">b'], fold: false },
      ['img src='],
    ],
    ['ASCII', { op: 'contains', values: ['jürgens'], fold: false }, ['rgens']],
    ['no k where case is folded', { op: 'contains', values: ['kube-systemkx'], fold: true }, ['ube-system']],
    ['a k where it is not', { op: 'contains', values: ['Kube-system'], fold: false }, ['kube-system']],
    ['no i at the end where it is', { op: 'starts_with', values: ['pullii'], fold: true }, ['pull']],
    [
      'no letter that is ASCII in lower case only',
      { op: 'equals', values: ['\u212Aube'], fold: false },
      undefined,
    ],
    ['nothing for a regular expression', { op: 'regex', pattern: 'pulling', fold: false }, undefined],
    ['nothing for what is not there', { op: 'fails', test: { op: 'exists' } }, undefined],
    ['nothing of no values', { op: 'equals', values: [], fold: false }, undefined],
  ];
  for (const [what, given, expected] of cases) {
    test(what, () => expect(texts(on('requestObject.a', given))).toEqual(expected));
  }

  const pulling = on('requestObject.a', { op: 'contains', values: ['pulling image'], fold: false });
  const pods = on('responseObject.b', { op: 'equals', values: ['pods'], fold: false });
  test('the best of all parts', () =>
    expect(texts({ kind: 'and', items: [pods, pulling] })).toEqual(['pulling image']));
  test('one of each alternative', () =>
    expect(texts({ kind: 'or', items: [pods, pulling] })).toEqual(['pods', 'pulling image']));
  test('nothing for a negation', () => expect(texts({ kind: 'not', item: pods })).toBeUndefined());
});

test('of a field that the walk soon comes to no literal is looked for', () => {
  const where = on('objectRef.name', { op: 'contains', values: ['literal'], fold: false });
  expect(texts(where)).toBeUndefined();
  expect(literalsOf([{ id: 'plan', where }], { ...meaning, sourceOf: () => 'line' })?.texts).toEqual([
    'literal',
  ]);
  expect(literalsOf([{ id: 'plan', where }], { ...meaning, sourceOf: () => 'elsewhere' })).toBeUndefined();
});

test('of a plan that something early decides no literal is looked for', () => {
  const deep = on('requestObject.a', { op: 'equals', values: ['literal'], fold: false });
  const early = on('verb', { op: 'equals', values: ['get'], fold: false });
  expect(texts({ kind: 'and', items: [deep, early] })).toBeUndefined();
  expect(texts({ kind: 'and', items: [deep, { kind: 'not', item: early }] })).toEqual(['literal']);
});

test('three literals are looked for, and plans without one are told apart', () => {
  const plan = (id: string, ...values: string[]): { id: string; where: Expr } => ({
    id,
    where: on('requestObject.a', { op: 'equals', values, fold: false }),
  });
  const found = literalsOf([plan('a', 'literal'), plan('b', 'x'), plan('c', 'another')], meaning);
  expect(found?.texts).toEqual(['another', 'literal']);
  expect([0, 1, 2].map((index) => found?.others.has(index))).toEqual([false, true, false]);
  const many = literalsOf(
    [
      plan('a', 'one literal', 'two literals'),
      plan('b', 'three literals', 'four'),
      plan('c', 'two literals', 'three literals'),
    ],
    meaning,
  );
  expect(many?.texts).toEqual(['one literal', 'three literals', 'two literals']);
  expect([0, 1, 2].map((index) => many?.others.has(index))).toEqual([false, true, false]);
  expect(
    literalsOf([plan('a', 'one literal', 'two literals', 'three literals', 'four')], meaning),
  ).toBeUndefined();
});

test('only two letters outside ASCII have a lower case that begins in it', () => {
  const found: string[] = [];
  for (let code = 0x80; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const lower = String.fromCodePoint(code).toLowerCase();
    if (/[\0-\x7f]/.test(lower)) found.push(`${code.toString(16)} ${lower}`);
  }
  expect(found).toEqual(['130 i\u0307', '212a k']);
});

describe('a literal cannot be hidden', () => {
  const where = (values: string[], fold: boolean): Expr =>
    on('requestObject.a', { op: 'contains', values, fold });
  const cases: readonly (readonly [what: string, where: Expr, line: string, expected: boolean])[] = [
    ['as it is', where(['evil/tool'], false), '{"requestObject":{"a":"an evil/tool"}}', true],
    ['in capitals', where(['evil/tool'], true), '{"requestObject":{"a":"EVIL/TOOL"}}', true],
    [
      'behind an escaped letter',
      where(['evil/tool'], false),
      String.raw`{"requestObject":{"a":"ev\u0069l/tool"}}`,
      true,
    ],
    [
      'behind an escaped slash',
      where(['evil/tool'], false),
      String.raw`{"requestObject":{"a":"evil\/tool"}}`,
      true,
    ],
    [
      'behind the Kelvin sign',
      where(['kube-system'], true),
      '{"requestObject":{"a":"\u212Aube-system"}}',
      true,
    ],
    ['behind a dotted I', where(['pulli'], true), '{"requestObject":{"a":"PULL\u0130"}}', true],
    ['in a line behind blanks', where(['evil/tool'], false), ' {"requestObject":{"a":"evil/tool"}}', true],
    ['not at all', where(['evil/tool'], false), '{"requestObject":{"a":"a tool"}}', false],
    [
      'behind what Go escapes anyway',
      where(['evil/tool'], false),
      String.raw`{"requestObject":{"a":"\u003cevil\u0026tool"}}`,
      false,
    ],
  ];
  for (const [what, expr, line, expected] of cases) {
    test(what, () => {
      const filler = Array.from({ length: 20 }, () => Buffer.from(`{"b":"${'.'.repeat(70)}"}`));
      const bench = new ScanBench([{ id: 'plan', where: expr }]);
      const verdicts = bench.scan([...filler, Buffer.from(line), ...filler]);
      expect(bench.scanner.state.tuning?.totals.routes.has('literals')).toBe(true);
      expect(verdicts.flatMap(({ plans }, index) => (plans[0] ? [index] : []))).toEqual(expected ? [20] : []);
    });
  }
});
