import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compilePredicate } from '../../../src/detection/operators/predicate.ts';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';

const field = { name: 'f', arrays: 'hidden' } as const;

function holds(given: Test, ...values: readonly string[]): boolean {
  return compilePredicate({ kind: 'test', field, test: given })(() => values);
}

describe('a test', () => {
  for (const [name, given, value, expected] of [
    ['equals', { op: 'equals', values: ['a', 'b'], fold: false }, 'b', true],
    ['equals, other case', { op: 'equals', values: ['A'], fold: false }, 'a', false],
    ['equals, folded', { op: 'equals', values: ['A'], fold: true }, 'a', true],
    ['equals, other spelling of a number', { op: 'equals', values: ['403'], fold: false }, '403.0', false],
    ['glob', { op: 'glob', patterns: ['x', 'a*'], fold: false }, 'abc', true],
    ['contains', { op: 'contains', values: ['B'], fold: true }, 'abc', true],
    ['contains, a star', { op: 'contains', values: ['*'], fold: true }, 'abc', false],
    ['starts_with', { op: 'starts_with', values: ['x', 'ab'], fold: false }, 'abc', true],
    ['ends_with', { op: 'ends_with', values: ['BC'], fold: true }, 'abc', true],
    ['regex, anywhere', { op: 'regex', pattern: 'b+', fold: false }, 'abbc', true],
    ['regex, anchored', { op: 'regex', pattern: '^b', fold: false }, 'abbc', false],
    ['regex, folded', { op: 'regex', pattern: '^A', fold: true }, 'abbc', true],
    ['cidr', { op: 'cidr', networks: ['10.0.0.0/8', 'fe80::/10'] }, 'fe80::1', true],
    ['cidr, no address', { op: 'cidr', networks: ['10.0.0.0/8'] }, 'ten', false],
    ['compare <', { op: 'compare', comparison: '<', value: 5 }, '4.9', true],
    ['compare <=', { op: 'compare', comparison: '<=', value: 5 }, '5.0', true],
    ['compare >', { op: 'compare', comparison: '>', value: 5 }, '5', false],
    ['compare >=', { op: 'compare', comparison: '>=', value: 5 }, '5e0', true],
    ['compare, no number', { op: 'compare', comparison: '>=', value: 0 }, '5x', false],
    ['compare, hexadecimal', { op: 'compare', comparison: '>=', value: 0 }, '0x10', false],
    ['compare, empty', { op: 'compare', comparison: '>=', value: 0 }, '', false],
    ['exists, empty text', { op: 'exists' }, '', true],
    ['order, as numbers', { op: 'order', comparison: '>', value: '9' }, '10', true],
    ['order, as numbers, at the edge', { op: 'order', comparison: '>=', value: '1.50' }, '1.5', true],
    ['order, as texts', { op: 'order', comparison: '>', value: '9x' }, '10', false],
    ['order, as texts, case matters', { op: 'order', comparison: '<', value: 'a' }, 'B', true],
    ['order, by UTF-8', { op: 'order', comparison: '<', value: '\u{1f600}' }, '\uff5e', true],
    ['word', { op: 'word', text: 'configmaps', fold: true }, '/v1/ConfigMaps?x', true],
    ['phrase', { op: 'phrase', text: 'a shell', fold: true }, 'a shellfish', false],
    ['term', { op: 'term', text: '10.0.0.1', fold: true }, 'ip=10.0.0.1', false],
    ['fails', { op: 'fails', test: { op: 'equals', values: ['a'], fold: true } }, 'A', false],
    ['fails, another', { op: 'fails', test: { op: 'equals', values: ['a'], fold: true } }, 'b', true],
    ['fails, a network', { op: 'fails', test: { op: 'cidr', networks: ['10.0.0.0/8'] } }, '::1', true],
  ] as const satisfies readonly (readonly [string, Test, string, boolean])[]) {
    test(`${name}: "${value}" ${expected ? 'passes' : 'does not pass'}`, () => {
      expect(holds(given, value)).toBe(expected);
    });
  }

  test('holds if any value of the field passes', () => {
    expect(holds({ op: 'equals', values: ['b'], fold: false }, 'a', 'b')).toBe(true);
  });

  test('!= holds if any value differs, and never on a missing field (traps 7 and 8)', () => {
    const given: Test = { op: 'fails', test: { op: 'equals', values: ['admin'], fold: true } };
    expect(holds(given, 'admin', 'dev')).toBe(true);
    expect(holds(given, 'admin')).toBe(false);
    expect(holds(given)).toBe(false);
  });

  test('is false on a missing field, and its negation true', () => {
    const expr: Expr = { kind: 'test', field, test: { op: 'exists' } };
    expect(compilePredicate(expr)(() => [])).toBe(false);
    expect(compilePredicate({ kind: 'not', item: expr })(() => [])).toBe(true);
  });

  test('a regular expression that makes others explode ends', () => {
    expect(holds({ op: 'regex', pattern: '(a+)+$', fold: false }, `${'a'.repeat(20_000)}b`)).toBe(false);
  });

  test('a network that is none is a bug of whoever made the plan', () => {
    const expr: Expr = { kind: 'test', field, test: { op: 'cidr', networks: ['10.0.0.0/99'] } };
    expect(() => compilePredicate(expr)).toThrow('bug: "10.0.0.0/99" is not a network');
  });
});

test('and, or and not are those of logic', () => {
  const outcomes = { yes: 0, no: 0 };
  const leaf = fc
    .constantFrom('a', 'b', 'c')
    .map((value): Expr => ({ kind: 'test', field, test: { op: 'equals', values: [value], fold: false } }));
  const { expr } = fc.letrec<{ expr: Expr }>((tie) => ({
    expr: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('expr').map((item): Expr => ({ kind: 'not', item })),
      fc
        .tuple(fc.constantFrom('and', 'or'), fc.array(tie('expr'), { maxLength: 3 }))
        .map(([kind, items]): Expr => ({ kind, items })),
    ),
  }));
  fc.assert(
    fc.property(expr, fc.subarray(['a', 'b', 'c']), (given, values) => {
      const run = (it: Expr): boolean => compilePredicate(it)(() => values);
      const held = run(given);
      outcomes[held ? 'yes' : 'no']++;
      const not: Expr = { kind: 'not', item: given };
      expect(run(not)).toBe(!held);
      expect(run({ kind: 'not', item: not })).toBe(held);
      expect(run({ kind: 'and', items: [given, not] })).toBe(false);
      expect(run({ kind: 'or', items: [given, not] })).toBe(true);
      if (given.kind === 'test' || given.kind === 'not') return;
      const results = new Set(given.items.map(run));
      expect(held).toBe(given.kind === 'and' ? !results.has(false) : results.has(true));
      const dual: Expr = {
        kind: given.kind === 'and' ? 'or' : 'and',
        items: given.items.map((item) => ({ kind: 'not', item })),
      };
      expect(run(dual)).toBe(!held);
    }),
    { seed: 14, numRuns: 500 },
  );
  expect(Math.min(outcomes.yes, outcomes.no)).toBeGreaterThan(50);
});
