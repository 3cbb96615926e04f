import { describe, expect, test } from 'vitest';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import { matchersOf } from '../../../src/detection/scan/matchers.ts';
import { Counter } from './counter.ts';
import { plainPath } from './plain-path.ts';
import { Random } from './random.ts';
import { ScanBench } from './scan-lines.ts';

const on = (test: Test): Expr => ({ kind: 'test', field: { name: 'a', arrays: 'hidden' }, test });
const not = (item: Expr): Expr => ({ kind: 'not', item });

describe('bytes decide', () => {
  for (const [what, given, text, position] of [
    ['equality', { op: 'equals', values: ['Get'], fold: false }, 'Get', 'whole'],
    ['equality, case folded', { op: 'equals', values: ['Get'], fold: true }, 'get', 'whole'],
    ['a beginning', { op: 'starts_with', values: ['x'], fold: false }, 'x', 'start'],
    ['an end', { op: 'ends_with', values: ['x'], fold: false }, 'x', 'end'],
    ['a part', { op: 'contains', values: ['x'], fold: false }, 'x', 'anywhere'],
    ['that there is a value', { op: 'exists' }, '', 'anywhere'],
    ['a pattern without stars', { op: 'glob', patterns: ['x'], fold: false }, 'x', 'whole'],
    ['a pattern with a star behind', { op: 'glob', patterns: ['x*'], fold: false }, 'x', 'start'],
    ['a pattern with a star before', { op: 'glob', patterns: ['*x'], fold: false }, 'x', 'end'],
    ['a pattern with stars around', { op: 'glob', patterns: ['*x**'], fold: false }, 'x', 'anywhere'],
    ['a pattern of stars', { op: 'glob', patterns: ['**'], fold: false }, '', 'anywhere'],
  ] as const) {
    test(what, () => {
      const [matcher] = matchersOf(on(given)) ?? [];
      expect(matcher?.literals.map((literal) => [literal.text, literal.position])).toEqual([
        [text, position],
      ]);
      expect(matcher?.negated).toBe(false);
    });
  }

  test('what a value may not be', () => {
    const equals: Test = { op: 'equals', values: ['x'], fold: false };
    expect(matchersOf(not(on(equals)))?.[0]?.negated).toBe(true);
    expect(matchersOf(on({ op: 'fails', test: equals }))?.[0]?.negated).toBe(true);
    expect(matchersOf(not(on({ op: 'fails', test: equals })))?.[0]?.negated).toBe(false);
  });
});

describe('bytes do not decide', () => {
  const tests: readonly (readonly [what: string, where: Expr])[] = [
    ['regular expressions', on({ op: 'regex', pattern: 'x', fold: false })],
    ['numbers', on({ op: 'compare', comparison: '<', value: 1 })],
    ['a star in the middle', on({ op: 'glob', patterns: ['a*b'], fold: false })],
    ['a question mark', on({ op: 'glob', patterns: ['a?'], fold: false })],
    ['an escaped star', on({ op: 'glob', patterns: [String.raw`a\*`], fold: false })],
    ['what JSON escapes', on({ op: 'equals', values: ['a"b'], fold: false })],
    ['what Go escapes', on({ op: 'equals', values: ['a&b'], fold: false })],
    ['what is not ASCII', on({ op: 'equals', values: ['é'], fold: false })],
    ['alternatives', { kind: 'or', items: [on({ op: 'exists' }), not(on({ op: 'exists' }))] }],
    ['very many values', on({ op: 'equals', values: Array.from({ length: 33 }, String), fold: false })],
  ];
  for (const [what, where] of tests) test(what, () => expect(matchersOf(where)).toBeUndefined());
});

const literals = ['', 'get', '/api/v1', 'u0026', '0026', 'x', 'kube', 'K', '=true', 'pods/exec'] as const;
const values = [
  'get',
  'GET',
  '/api/v1/pods?a=true\\u0026b=1',
  '/api/v1/pods/exec',
  '\\u003cx\\u003e',
  '\\u0067et',
  'g\\u00e9t',
  '\\u212Aube',
  '\u212Aube',
  'kube\\/x',
  '\\/api/v1/pods\\/exec',
  '/api/v1\\/pods/exec',
  'a\\\\u0026',
  '\\"x\\"',
  '',
  'é',
  `${'.'.repeat(40)}pods/exec${'.'.repeat(40)}`,
  'kub',
] as const;

function randomWhere(random: Random): Expr {
  const fold = random.chance(0.5);
  const text = random.pick(literals);
  const given = random.pick<Test>([
    { op: 'equals', values: [text, random.pick(literals)], fold },
    { op: 'starts_with', values: [text], fold },
    { op: 'ends_with', values: [text], fold },
    { op: 'contains', values: [text, random.pick(literals)], fold },
    { op: 'glob', patterns: [`${text}*`], fold },
  ]);
  const part = random.chance(0.4) ? not(on(given)) : on(given);
  return random.chance(0.3) ? { kind: 'and', items: [part, randomWhere(random)] } : part;
}

test('of values that hardly ever repeat, too, no line is missed, and the host is seldom asked', () => {
  const random = new Random(3);
  const plans = Array.from({ length: 40 }, (_, index) => ({
    id: `plan ${index}`,
    where: randomWhere(random),
  }));
  const bench = new ScanBench(plans);
  const plain = plainPath(plans);
  const lineOf = (value: string): Buffer => Buffer.from(`{"a":"${value}"}`);
  for (let batch = 0; batch < 5; batch++) {
    bench.scan(Array.from({ length: 1_000 }, (_, index) => lineOf(`${batch} ${index}`)));
  }
  expect(bench.scanner.state.tuning?.modes).toEqual(['late']);
  const before = bench.scanner.state.tuning?.totals.columns[0]?.misses ?? 0;
  const seen = new Counter();
  for (let round = 0; round < 3_000; round++) {
    const line = lineOf(random.chance(0.2) ? `${random.pick(values)}${round}` : random.pick(values));
    const [verdict] = bench.scan([line], round % 64);
    for (const [plan, holds] of (plain(line) ?? []).entries()) {
      if (holds)
        expect(verdict?.plans[plan], `${JSON.stringify(plans[plan]?.where)} of ${line.toString()}`).toBe(
          true,
        );
      seen.add(`${holds} ${verdict?.plans[plan]}`);
    }
  }
  expect(seen.of('true true')).toBeGreaterThan(1_000);
  expect(seen.of('false false')).toBeGreaterThan(20 * seen.of('false true'));
  const misses = (bench.scanner.state.tuning?.totals.columns[0]?.misses ?? 0) - before;
  expect(misses).toBeLessThan(1_000);
});
