import { unreachable } from '../../util/assert.ts';
import { printable } from '../../util/printable.ts';
import { describeCalc } from './describe-calc.ts';
import { describeExpr } from './describe-expr.ts';
import type { Dedup, Lookup, Rank, SortKey, Stage, Stats, Substitute } from './transform.ts';

/** A stage in one line for people: `stats count, values(verb) as verbs by user`. */
export function describeStage(stage: Stage): string {
  switch (stage.kind) {
    case 'filter':
      return `keep rows where ${describeExpr(stage.where)}`;
    case 'keep':
      return `keep rows where ${describeCalc(stage.where)}`;
    case 'extend':
      return `set ${stage.columns.map(({ as, value }) => `${shown(as)} = ${describeCalc(value)}`).join(', ')}`;
    case 'extract':
      return `extract from ${shown(stage.column)} by ${quoted(stage.pattern)}${atMost(stage.matches, 'matches')}`;
    case 'substitute':
      return describeSubstitute(stage);
    case 'spath':
      return stage.take
        ? `take ${quoted(stage.take.path)} of the JSON in ${shown(stage.column)} as ${shown(stage.take.as)}`
        : `take every field of the JSON in ${shown(stage.column)}`;
    case 'fill':
      return `fill ${stage.columns ? list(stage.columns) : 'every column of the window'} with ${quoted(stage.value)}`;
    case 'rename':
      return `rename ${stage.pairs.map(({ from, to }) => `${shown(from)} as ${shown(to)}`).join(', ')}`;
    case 'lookup':
      return describeLookup(stage);
    case 'locate':
      return `add the place of ${shown(stage.column)}${stage.prefix === '' ? '' : ` with the prefix ${quoted(stage.prefix)}`}`;
    case 'stats':
      return describeStats(stage);
    case 'dedup':
      return describeDedup(stage);
    case 'sort':
      return `sort by ${describeKeys(stage.keys)}${atMost(stage.limit, 'rows')}`;
    case 'head':
      return `take the first ${stage.count} rows`;
    case 'rank':
      return describeRank(stage);
    case 'project':
      return `${stage.how === 'drop' ? 'drop' : 'show'} ${list(stage.columns)}`;
    case 'expand':
      return `make a row of each value of ${shown(stage.column)}${atMost(stage.limit, 'values')}`;
    default:
      return unreachable(stage);
  }
}

const shown = printable;
const quoted = (text: string): string => `"${printable(text)}"`;
const list = (names: readonly string[]): string => names.map(shown).join(', ');
const behind = (word: string, names: readonly string[]): string =>
  names.length === 0 ? '' : ` ${word} ${list(names)}`;
const atMost = (limit: number | undefined, what: string): string =>
  limit === undefined ? '' : `, at most ${limit} ${what}`;

function describeSubstitute({ column, pattern, replacement, occurrence }: Substitute): string {
  const which = occurrence === undefined ? 'every match' : `match ${occurrence}`;
  return `replace ${which} of ${quoted(pattern)} in ${shown(column)} by ${quoted(replacement)}`;
}

function describeLookup({ table, match, output, overwrite }: Lookup): string {
  const by = match.map(({ field, column }) => `${shown(field)} = ${shown(column)}`).join(' and ');
  const taken = output?.map(({ field, as }) => `${shown(field)} as ${shown(as)}`).join(', ') ?? 'every field';
  return `look up ${by} in ${quoted(table)} for ${taken}${overwrite ? '' : ' where it is missing'}`;
}

function describeStats({ by, measures, join }: Stats): string {
  const parts = measures.map(({ as, of, value, percent }) => {
    const written = `${of}${percent ?? ''}${value ? `(${describeCalc(value)})` : ''}`;
    return written === as ? written : `${written} as ${shown(as)}`;
  });
  return `${join ? 'add to each row' : 'stats'} ${parts.join(', ')}${behind('by', by)}`;
}

function describeDedup({ count, by, order }: Dedup): string {
  const sorted = order.length === 0 ? '' : `, sorted by ${describeKeys(order)}`;
  return `keep ${count === 1 ? 'the first row' : `the first ${count} rows`} of each ${list(by)}${sorted}`;
}

function describeRank({ order, columns, by, limit }: Rank): string {
  const which = order === 'top' ? 'most frequent' : 'rarest';
  return `the ${limit === undefined ? which : `${limit} ${which}`} of ${list(columns)}${behind('by', by)}`;
}

const describeKeys = (keys: readonly SortKey[]): string =>
  keys.map(({ column, descending }) => `${shown(column)}${descending ? ' descending' : ''}`).join(', ');
