import { z } from 'zod';
import type { Expr, Test } from './expr.ts';

const text = z.string();
const texts = z.array(text);
const comparison = z.enum(['<', '<=', '>', '>=']);

/** The keys that `fieldText` writes. */
export const fieldShape = { field: text, arrays: z.enum(['marked', 'hidden']).default('hidden') };

const testKeys = {
  exists: z.literal(true).optional(),
  equals: texts.optional(),
  glob: texts.optional(),
  contains: texts.optional(),
  starts_with: texts.optional(),
  ends_with: texts.optional(),
  regex: text.optional(),
  cidr: texts.optional(),
  compare: comparison.optional(),
  value: z.number().optional(),
  order: comparison.optional(),
  to: text.optional(),
  word: text.optional(),
  phrase: text.optional(),
  term: text.optional(),
  fails: z.lazy((): z.ZodType<Test> => bareTest).optional(),
  case: z.literal('sensitive').optional(),
};
const testSource = z.strictObject(testKeys);

const bareTest: z.ZodType<Test> = testSource.transform((source, context): Test => {
  const test = testOf(source);
  if (test !== undefined) return test;
  context.addIssue('no test of a value');
  return z.NEVER;
});

const fieldTest = z
  .strictObject({ ...fieldShape, ...testKeys })
  .transform(({ field, arrays, ...source }, context): Expr => {
    const test = testOf(source);
    if (test !== undefined) return { kind: 'test', field: { name: field, arrays }, test };
    context.addIssue('no test of the field');
    return z.NEVER;
  });

function testOf(source: Readonly<z.output<typeof testSource>>): Test | undefined {
  const fold = source.case === undefined;
  if (source.exists) return { op: 'exists' };
  if (source.glob) return { op: 'glob', patterns: source.glob, fold };
  if (source.regex !== undefined) return { op: 'regex', pattern: source.regex, fold };
  if (source.cidr) return { op: 'cidr', networks: source.cidr };
  if (source.fails) return { op: 'fails', test: source.fails };
  for (const op of ['equals', 'contains', 'starts_with', 'ends_with'] as const) {
    const values = source[op];
    if (values) return { op, values, fold };
  }
  for (const op of ['word', 'phrase', 'term'] as const) {
    const written = source[op];
    if (written !== undefined) return { op, text: written, fold };
  }
  return comparisonOf(source);
}

function comparisonOf({ compare, value, order, to }: z.output<typeof testSource>): Test | undefined {
  if (compare !== undefined && value !== undefined) return { op: 'compare', comparison: compare, value };
  if (order !== undefined && to !== undefined) return { op: 'order', comparison: order, value: to };
  return undefined;
}

/** What `exprText` writes; becomes the expression. */
export const exprSchema: z.ZodType<Expr> = z.lazy(() =>
  z.union([
    fieldTest,
    z.strictObject({ and: z.array(exprSchema) }).transform(({ and }): Expr => ({ kind: 'and', items: and })),
    z.strictObject({ or: z.array(exprSchema) }).transform(({ or }): Expr => ({ kind: 'or', items: or })),
    z.strictObject({ not: exprSchema }).transform(({ not }): Expr => ({ kind: 'not', item: not })),
  ]),
);
