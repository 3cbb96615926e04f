import { z } from 'zod';
import { parseTime } from '../../record/time.ts';
import { duration } from '../../util/duration.ts';
import { exprSchema, fieldShape } from './expr-schema.ts';
import { messageSchema } from './message-schema.ts';
import type { Aggregate, AllowEntry, Needs, Plan, Risk, Step, Window } from './plan.ts';
import { transformSchema } from './transform-schema.ts';

const text = z.string();
const texts = z.array(text);
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
    where: exprSchema,
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
  .strictObject({ ...fieldShape, as: text, default: text.optional() })
  .transform(({ field, arrays, as, default: fill }) => ({
    field: { name: field, arrays },
    as,
    default: fill,
  }));

const measure = z
  .strictObject({
    ...fieldShape,
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
  z.strictObject({ having: exprSchema }).transform(({ having }): Step => ({ kind: 'having', where: having })),
  z.strictObject({ transform: transformSchema }).transform((source): Step => source.transform),
  z
    .strictObject({ suppress: z.strictObject({ by: texts, for: duration }) })
    .transform(({ suppress }): Step => ({ kind: 'suppress', by: suppress.by, period: suppress.for })),
]);

const technique = z.strictObject({
  id: text,
  name: text.default(''),
  tactics: z.array(z.strictObject({ id: text, name: text })).default([]),
});

const drilldown = z.strictObject({
  name: messageSchema,
  search: messageSchema,
  earliest: messageSchema,
  latest: messageSchema,
});

const needs = z
  .strictObject({ resource: text.optional(), level: z.enum(['Metadata', 'Request', 'RequestResponse']) })
  .transform(({ resource, level }): Needs => ({ resource, level }));

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
  annotations: z.record(text, texts).default({}),
  drilldowns: z.array(drilldown).default([]),
  needs: needs.optional(),
});

const risk = z
  .strictObject({
    message: messageSchema,
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
    where: exprSchema,
    steps: z.array(step).default([]),
    risk: risk.optional(),
  })
  .transform((source): Plan => ({
    ...source,
    about: { ...source.about, needs: source.about.needs },
    origin: { frontend: 'plan', file: '', line: 0 },
    risk: source.risk,
  }));
