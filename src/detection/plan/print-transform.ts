import { unreachable } from '../../util/assert.ts';
import type { Calc } from './calc.ts';
import { exprText } from './print-expr.ts';
import type { SortKey, Stage, Statistic, Transform } from './transform.ts';

/** A transform as the plain value that stands for it in the canonical text: each stage one key, its kind. */
export const transformText = ({ schedule, stages }: Transform): object => ({
  schedule: { cron: schedule.cron, earliest: schedule.earliest, latest: schedule.latest },
  stages: stages.map((stage) => ({ [stage.kind]: stageText(stage) })),
});

function stageText(stage: Stage): unknown {
  switch (stage.kind) {
    case 'filter':
      return exprText(stage.where);
    case 'keep':
      return calcText(stage.where);
    case 'extend':
      return stage.columns.map(({ as, value }) => ({ as, value: calcText(value) }));
    case 'rename':
      return stage.pairs.map(({ from, to }) => ({ from, to }));
    case 'head':
      return stage.count;
    case 'stats':
      return {
        by: stage.by,
        measures: stage.measures.map(statisticText),
        join: claim(stage.join),
        distinct: claim(stage.distinct),
      };
    case 'dedup':
      return {
        count: stage.count,
        by: stage.by,
        keepEmpty: claim(stage.keepEmpty),
        consecutive: claim(stage.consecutive),
        order: stage.order.map(sortKeyText),
      };
    case 'sort':
      return { keys: stage.keys.map(sortKeyText), limit: stage.limit };
    default:
      return plainText(stage);
  }
}

type PlainStage = Exclude<
  Stage,
  { readonly kind: 'filter' | 'keep' | 'extend' | 'rename' | 'head' | 'stats' | 'dedup' | 'sort' }
>;

/** Stages of nothing but texts and numbers. */
function plainText(stage: PlainStage): object {
  switch (stage.kind) {
    case 'extract':
      return { column: stage.column, pattern: stage.pattern, matches: stage.matches };
    case 'substitute': {
      const { column, pattern, replacement, occurrence, fold } = stage;
      return { column, pattern, replacement, occurrence, fold: claim(fold) };
    }
    case 'spath':
      return { column: stage.column, take: stage.take && { path: stage.take.path, as: stage.take.as } };
    case 'fill':
      return { columns: stage.columns, value: stage.value };
    case 'lookup': {
      const match = stage.match.map(({ field, column }) => ({ field, column }));
      const output = stage.output?.map(({ field, as }) => ({ field, as }));
      return { table: stage.table, match, output, overwrite: claim(stage.overwrite) };
    }
    case 'locate':
      return { column: stage.column, prefix: stage.prefix, all: claim(stage.all) };
    case 'rank': {
      const { order, columns, by, limit, countAs, percentAs } = stage;
      return { order, columns, by, limit, countAs, percentAs };
    }
    case 'project':
      return { how: stage.how, columns: stage.columns };
    case 'expand':
      return { column: stage.column, limit: stage.limit };
    default:
      return unreachable(stage);
  }
}

/** What is false goes without saying. */
const claim = (value: boolean): true | undefined => value || undefined;

const sortKeyText = ({ column, descending, as }: SortKey): object => ({
  column,
  descending: claim(descending),
  as,
});

const statisticText = ({ as, of, value, percent }: Statistic): object => ({
  as,
  of,
  value: value && calcText(value),
  percent,
});

/** A text and a number stand for themselves; `{column: a}` for a column, `{lower: [{column: a}]}` for a call. */
function calcText(calc: Calc): unknown {
  switch (calc.kind) {
    case 'column':
      return { column: calc.name };
    case 'text':
    case 'number':
      return calc.value;
    case 'call':
      return { [calc.name]: calc.args.map(calcText) };
    default:
      return unreachable(calc);
  }
}
