import fc from 'fast-check';
import type { Expr, Test } from '../../../src/detection/plan/expr.ts';
import type { FieldRef } from '../../../src/detection/plan/field.ts';
import type { Message } from '../../../src/detection/plan/message.ts';
import type { Plan, Step } from '../../../src/detection/plan/plan.ts';
import { number, optional, record, text, texts } from './arbitraries.ts';
import { transformOf } from './transform-arbitrary.ts';

const length = fc.integer({ min: 1, max: 366 * 86_400_000 });

const field: fc.Arbitrary<FieldRef> = record({ name: text, arrays: fc.constantFrom('marked', 'hidden') });

const comparison = fc.constantFrom('<', '<=', '>', '>=');

const plainTest: fc.Arbitrary<Test> = fc.oneof(
  fc.constant<Test>({ op: 'exists' }),
  record({
    op: fc.constantFrom('equals', 'contains', 'starts_with', 'ends_with'),
    values: texts,
    fold: fc.boolean(),
  }),
  record({ op: fc.constant('glob' as const), patterns: texts, fold: fc.boolean() }),
  record({ op: fc.constant('regex' as const), pattern: text, fold: fc.boolean() }),
  record({ op: fc.constant('cidr' as const), networks: texts }),
  record({ op: fc.constant('compare' as const), comparison, value: number }),
  record({ op: fc.constant('order' as const), comparison, value: text }),
  record({ op: fc.constantFrom('word', 'phrase', 'term'), text, fold: fc.boolean() }),
);
const anyTest: fc.Arbitrary<Test> = fc.oneof(
  { weight: 8, arbitrary: plainTest },
  { weight: 1, arbitrary: record({ op: fc.constant('fails' as const), test: plainTest }) },
);

/** Expressions over few fields and values, so that some of their tests hold and some repeat. */
export function exprOf(tests: fc.Arbitrary<Test>, fields: fc.Arbitrary<FieldRef>): fc.Arbitrary<Expr> {
  return fc.letrec<{ expr: Expr }>((tie) => ({
    expr: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      record({ kind: fc.constant('test' as const), field: fields, test: tests }),
      record({ kind: fc.constantFrom('and', 'or'), items: fc.array(tie('expr'), { maxLength: 3 }) }),
      record({ kind: fc.constant('not' as const), item: tie('expr') }),
    ),
  })).expr;
}

const expr = exprOf(anyTest, field);

const entry = record({
  allowlist: text,
  index: fc.nat(),
  where: expr,
  owner: text,
  reason: text,
  expires: optional(fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n })),
});

const lateness = fc.integer({ min: 0, max: 86_400_000 });
const window = fc.oneof(
  record({
    kind: fc.constant('tumbling' as const),
    every: length,
    offset: fc.nat({ max: 10_000_000 }),
    lateness,
  }),
  record({ kind: fc.constant('sliding' as const), length, lateness }),
  record({ kind: fc.constant('session' as const), gap: length, lateness }),
);

const measure = fc.oneof(
  record({ as: text, of: fc.constant('count' as const), field: fc.constant(undefined) }),
  record({
    as: text,
    of: fc.constantFrom('distinct', 'values', 'min', 'max', 'sum', 'first', 'last'),
    field,
  }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  record({
    kind: fc.constant('allow' as const),
    entries: fc.array(entry, { minLength: 1, maxLength: 2 }),
  }),
  record({
    kind: fc.constant('aggregate' as const),
    by: fc.array(record({ field, as: text, default: optional(text) }), { maxLength: 2 }),
    measures: fc.array(measure, { maxLength: 2 }),
    window,
    emit: fc.constantFrom('first', 'close', 'both'),
  }),
  record({ kind: fc.constant('having' as const), where: expr }),
  transformOf(expr),
  record({ kind: fc.constant('suppress' as const), by: texts, period: length }),
);

const message: fc.Arbitrary<Message> = fc.array(fc.oneof(text, record({ column: text, written: text })), {
  maxLength: 3,
});

const about = record({
  uuid: text,
  version: text,
  status: text,
  description: text,
  references: texts,
  attack: fc.array(
    record({
      id: text,
      name: text,
      tactics: fc.array(record({ id: text, name: text }), { maxLength: 2 }),
    }),
    { maxLength: 2 },
  ),
  story: texts,
  domain: text,
  license: text,
  annotations: fc.dictionary(
    text.filter((name) => name !== '__proto__'),
    texts,
    { maxKeys: 2, noNullPrototype: true },
  ),
  drilldowns: fc.array(record({ name: message, search: message, earliest: message, latest: message }), {
    maxLength: 1,
  }),
  needs: optional(
    record({ resource: optional(text), level: fc.constantFrom('Metadata', 'Request', 'RequestResponse') }),
  ),
});

const risk = record({
  message,
  objects: fc.array(
    record({
      field: text,
      type: text,
      score: number,
      impact: optional(number),
      confidence: optional(number),
    }),
    { maxLength: 2 },
  ),
  threats: fc.array(record({ field: text, type: text }), { maxLength: 2 }),
});

/** Any plan at all, odd texts included. */
export const anyPlan: fc.Arbitrary<Plan> = record({
  id: text,
  title: text,
  about,
  origin: fc.constant({ frontend: 'plan', file: '', line: 0 }),
  mode: fc.constantFrom('streaming', 'scheduled'),
  where: expr,
  steps: fc.array(step, { maxLength: 3 }),
  risk: optional(risk),
});
