import { z } from 'zod';
import { calcSchema } from './calc-schema.ts';
import { exprSchema } from './expr-schema.ts';
import { isStatisticName } from './statistics.ts';
import type { SortKey, Stage, Statistic, Transform } from './transform.ts';

const text = z.string();
const texts = z.array(text);
const number = z.number();
const claim = z.literal(true).optional();

const sortKey = z
  .strictObject({ column: text, descending: claim, as: z.enum(['auto', 'number', 'text', 'address']) })
  .transform((source): SortKey => ({ ...source, descending: source.descending ?? false }));

const statistic = z
  .strictObject({
    as: text,
    of: text.refine(isStatisticName, 'no statistic'),
    value: calcSchema.optional(),
    percent: number.optional(),
  })
  .transform((source): Statistic => ({ ...source, value: source.value, percent: source.percent }));

const rowStages = [
  z
    .strictObject({ filter: exprSchema })
    .transform(({ filter }): Stage => ({ kind: 'filter', where: filter })),
  z.strictObject({ keep: calcSchema }).transform(({ keep }): Stage => ({ kind: 'keep', where: keep })),
  z
    .strictObject({ extend: z.array(z.strictObject({ as: text, value: calcSchema })) })
    .transform(({ extend }): Stage => ({ kind: 'extend', columns: extend })),
  z
    .strictObject({ extract: z.strictObject({ column: text, pattern: text, matches: number.optional() }) })
    .transform(({ extract }): Stage => ({ kind: 'extract', ...extract, matches: extract.matches })),
  z
    .strictObject({
      substitute: z.strictObject({
        column: text,
        pattern: text,
        replacement: text,
        occurrence: number.optional(),
        fold: claim,
      }),
    })
    .transform(({ substitute: { occurrence, fold, ...rest } }): Stage => ({
      kind: 'substitute',
      ...rest,
      occurrence,
      fold: fold ?? false,
    })),
  z
    .strictObject({
      spath: z.strictObject({ column: text, take: z.strictObject({ path: text, as: text }).optional() }),
    })
    .transform(({ spath }): Stage => ({ kind: 'spath', column: spath.column, take: spath.take })),
  z
    .strictObject({ expand: z.strictObject({ column: text, limit: number.optional() }) })
    .transform(({ expand }): Stage => ({ kind: 'expand', column: expand.column, limit: expand.limit })),
] as const;

const columnStages = [
  z
    .strictObject({ fill: z.strictObject({ columns: texts.optional(), value: text }) })
    .transform(({ fill }): Stage => ({ kind: 'fill', columns: fill.columns, value: fill.value })),
  z
    .strictObject({ rename: z.array(z.strictObject({ from: text, to: text })) })
    .transform(({ rename }): Stage => ({ kind: 'rename', pairs: rename })),
  z
    .strictObject({
      lookup: z.strictObject({
        table: text,
        match: z.array(z.strictObject({ field: text, column: text })),
        output: z.array(z.strictObject({ field: text, as: text })).optional(),
        overwrite: claim,
      }),
    })
    .transform(({ lookup: { overwrite, output, ...rest } }): Stage => ({
      kind: 'lookup',
      ...rest,
      output,
      overwrite: overwrite ?? false,
    })),
  z
    .strictObject({ locate: z.strictObject({ column: text, prefix: text, all: claim }) })
    .transform(({ locate }): Stage => ({ kind: 'locate', ...locate, all: locate.all ?? false })),
  z
    .strictObject({
      project: z.strictObject({ how: z.enum(['keep', 'drop', 'table']), columns: texts }),
    })
    .transform(({ project }): Stage => ({ kind: 'project', ...project })),
] as const;

const tableStages = [
  z
    .strictObject({
      stats: z.strictObject({ by: texts, measures: z.array(statistic), join: claim, distinct: claim }),
    })
    .transform(({ stats: { join, distinct, ...rest } }): Stage => ({
      kind: 'stats',
      ...rest,
      join: join ?? false,
      distinct: distinct ?? false,
    })),
  z
    .strictObject({
      dedup: z.strictObject({
        count: number,
        by: texts,
        keepEmpty: claim,
        consecutive: claim,
        order: z.array(sortKey),
      }),
    })
    .transform(({ dedup: { keepEmpty, consecutive, ...rest } }): Stage => ({
      kind: 'dedup',
      ...rest,
      keepEmpty: keepEmpty ?? false,
      consecutive: consecutive ?? false,
    })),
  z
    .strictObject({ sort: z.strictObject({ keys: z.array(sortKey), limit: number.optional() }) })
    .transform(({ sort }): Stage => ({ kind: 'sort', keys: sort.keys, limit: sort.limit })),
  z.strictObject({ head: number }).transform(({ head }): Stage => ({ kind: 'head', count: head })),
  z
    .strictObject({
      rank: z.strictObject({
        order: z.enum(['top', 'rare']),
        columns: texts,
        by: texts,
        limit: number.optional(),
        countAs: text.optional(),
        percentAs: text.optional(),
      }),
    })
    .transform(({ rank: { limit, countAs, percentAs, ...rest } }): Stage => ({
      kind: 'rank',
      ...rest,
      limit,
      countAs,
      percentAs,
    })),
] as const;

/** What `transformText` writes; becomes the transform. */
export const transformSchema = z
  .strictObject({
    schedule: z.strictObject({ cron: text, earliest: text, latest: text }),
    stages: z.array(z.union([...rowStages, ...columnStages, ...tableStages])),
  })
  .transform((source): Transform => ({ kind: 'transform', ...source }));
