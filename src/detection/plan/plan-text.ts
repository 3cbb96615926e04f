import { z } from 'zod';
import { parseTime } from '../../record/time.ts';
import { duration } from '../../util/duration.ts';
import type { Expr, Test } from './expr.ts';
import type { Aggregate, AllowEntry, Plan, Risk, Step, Window } from './plan.ts';

const text = z.string();
const texts = z.array(text);
const fieldRef = { field: text, arrays: z.enum(['marked', 'hidden']).default('hidden') };

const testText = z
  .strictObject({
    ...fieldRef,
    exists: z.literal(true).optional(),
    equals: texts.optional(),
    glob: texts.optional(),
    contains: texts.optional(),
    starts_with: texts.optional(),
    ends_with: texts.optional(),
    regex: text.optional(),
    cidr: texts.optional(),
    compare: z.enum(['<', '<=', '>', '>=']).optional(),
    value: z.number().optional(),
    case: z.literal('sensitive').optional(),
  })
  .transform((source, context): Expr => {
    const test = testOf(source);
    if (test === undefined) {
      context.addIssue('no test of the field');
      return z.NEVER;
    }
    return { kind: 'test', field: { name: source.field, arrays: source.arrays }, test };
  });

function testOf(source: Readonly<z.input<typeof testText>>): Test | undefined {
  const fold = source.case === undefined;
  if (source.exists) return { op: 'exists' };
  if (source.glob) return { op: 'glob', patterns: source.glob, fold };
  if (source.regex !== undefined) return { op: 'regex', pattern: source.regex, fold };
  if (source.cidr) return { op: 'cidr', networks: source.cidr };
  for (const op of ['equals', 'contains', 'starts_with', 'ends_with'] as const) {
    const values = source[op];
    if (values) return { op, values, fold };
  }
  const { compare, value } = source;
  return compare === undefined || value === undefined
    ? undefined
    : { op: 'compare', comparison: compare, value };
}

const exprText: z.ZodType<Expr> = z.lazy(() =>
  z.union([
    testText,
    z.strictObject({ and: z.array(exprText) }).transform(({ and }): Expr => ({ kind: 'and', items: and })),
    z.strictObject({ or: z.array(exprText) }).transform(({ or }): Expr => ({ kind: 'or', items: or })),
    z.strictObject({ not: exprText }).transform(({ not }): Expr => ({ kind: 'not', item: not })),
  ]),
);

const time = text.transform((written, context) => {
  const parsed = parseTime(written);
  if (parsed !== undefined) return parsed;
  context.addIssue('not an RFC 3339 time');
  return z.NEVER;
});

const entry = z
  .strictObject({
    allowlist: text,
    index: z.int(),
    where: exprText,
    owner: text,
    reason: text,
    expires: time.optional(),
  })
  .transform((source): AllowEntry => ({ ...source, expires: source.expires }));

const window = z.union([
  z
    .strictObject({ every: duration, offset: duration, lateness: duration })
    .transform((source): Window => ({ kind: 'tumbling', ...source })),
  z
    .strictObject({ sliding: duration, lateness: duration })
    .transform(({ sliding, lateness }): Window => ({ kind: 'sliding', length: sliding, lateness })),
  z
    .strictObject({ session: duration, lateness: duration })
    .transform(({ session, lateness }): Window => ({ kind: 'session', gap: session, lateness })),
]);

const groupKey = z
  .strictObject({ ...fieldRef, as: text, default: text.optional() })
  .transform(({ field, arrays, as, default: fill }) => ({
    field: { name: field, arrays },
    as,
    default: fill,
  }));

const measure = z
  .strictObject({
    ...fieldRef,
    field: text.optional(),
    as: text,
    of: z.enum(['count', 'distinct', 'values', 'min', 'max', 'sum', 'first', 'last']),
  })
  .transform(({ field, arrays, as, of }) => ({
    as,
    of,
    field: field === undefined ? undefined : { name: field, arrays },
  }));

const aggregate = z
  .strictObject({
    by: z.array(groupKey).default([]),
    measures: z.array(measure).default([]),
    window,
    emit: z.enum(['first', 'close', 'both']),
  })
  .transform((source): Aggregate => ({ kind: 'aggregate', ...source }));

const step = z.union([
  z
    .strictObject({ allow: z.array(entry) })
    .transform(({ allow }): Step => ({ kind: 'allow', entries: allow })),
  z.strictObject({ aggregate }).transform((source): Step => source.aggregate),
  z.strictObject({ having: exprText }).transform(({ having }): Step => ({ kind: 'having', where: having })),
  z
    .strictObject({ suppress: z.strictObject({ by: texts, for: duration }) })
    .transform(({ suppress }): Step => ({ kind: 'suppress', by: suppress.by, period: suppress.for })),
]);

const technique = z.strictObject({
  id: text,
  name: text.default(''),
  tactics: z.array(z.strictObject({ id: text, name: text })).default([]),
});

const aboutShape = z.strictObject({
  uuid: text.default(''),
  version: text.default(''),
  status: text.default(''),
  description: text.default(''),
  references: texts.default([]),
  attack: z.array(technique).default([]),
  story: texts.default([]),
  domain: text.default(''),
  license: text.default(''),
  needs: z
    .strictObject({ resource: text, level: z.enum(['Metadata', 'Request', 'RequestResponse']) })
    .optional(),
});

const risk = z
  .strictObject({
    message: text,
    objects: z.array(
      z.strictObject({
        field: text,
        type: text,
        score: z.number(),
        impact: z.number().optional(),
        confidence: z.number().optional(),
      }),
    ),
    threats: z.array(z.strictObject({ field: text, type: text })).default([]),
  })
  .transform((source): Risk => ({
    ...source,
    objects: source.objects.map((object) => ({
      ...object,
      impact: object.impact,
      confidence: object.confidence,
    })),
  }));

/** The canonical text of a plan once its YAML is read; becomes the plan, with an origin that names the text. */
export const planText = z
  .strictObject({
    id: text,
    title: text,
    mode: z.enum(['streaming', 'scheduled']),
    about: aboutShape.prefault({}),
    where: exprText,
    steps: z.array(step).default([]),
    risk: risk.optional(),
  })
  .transform((source): Plan => ({
    ...source,
    about: { ...source.about, needs: source.about.needs },
    origin: { frontend: 'plan', file: '', line: 0 },
    risk: source.risk,
  }));
