import type { StatisticCall } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { byBytes, looksNumeric } from './compare.ts';
import { evaluateValue } from './evaluation.ts';
import { textsOf } from './value.ts';
import { Undecided, valuesOf, type Row, type World } from './table.ts';

/** One statistic over the rows of a group, in their order (spec/spl.md §3.2, §9). */
export function statistic(
  call: StatisticCall,
  rows: readonly Row[],
  ordered: boolean,
  world: World,
): readonly string[] {
  const { argument } = call;
  const name = call.name.text.toLowerCase();
  if (argument === undefined) return [String(rows.length)];
  const perRow = rows.map((row) => {
    if (argument.kind === 'field') return valuesOf(row, argument.field.text);
    const value = evaluateValue(argument.value, row, world);
    if (typeof value !== 'boolean') return textsOf(value);
    if (name !== 'c' && name !== 'count') throw new Undecided('a statistic of true and false');
    return value ? ['true'] : [];
  });
  return reduced(name, perRow, rows, ordered);
}

function reduced(
  name: string,
  perRow: readonly (readonly string[])[],
  rows: readonly Row[],
  ordered: boolean,
): readonly string[] {
  const values = perRow.flat();
  switch (name) {
    case 'c':
    case 'count':
      return [String(values.length)];
    case 'dc':
    case 'distinct_count':
    case 'estdc':
      return [String(new Set(values).size)];
    case 'values':
      return [...new Set(values)].sort(byBytes);
    case 'list':
      return inOrder(values, ordered).slice(0, 100);
    case 'first':
      return atEnd(perRow, 0, ordered);
    case 'last':
      return atEnd(perRow, -1, ordered);
    case 'latest':
      return timed(perRow, rows, ordered, -1);
    case 'earliest':
      return timed(perRow, rows, ordered, 1);
    case 'min':
      return extreme(values, 1);
    case 'max':
      return extreme(values, -1);
    case 'mode':
      return mode(values);
    default:
      return numeric(name, values.filter(looksNumeric).map(Number));
  }
}

function inOrder<T>(items: readonly T[], ordered: boolean): readonly T[] {
  if (!ordered && new Set(items.map(String)).size > 1) throw new Undecided('the order of rows');
  return items;
}

function atEnd(perRow: readonly (readonly string[])[], end: 0 | -1, ordered: boolean): readonly string[] {
  const found = inOrder(
    perRow.filter((texts) => texts.length > 0),
    ordered,
  ).at(end);
  if (found !== undefined && found.length > 1) throw new Undecided('the first of several values');
  return found ?? [];
}

/** By `_time`; of equal times that of the row that is nearer to its end of the order. */
function timed(
  perRow: readonly (readonly string[])[],
  rows: readonly Row[],
  ordered: boolean,
  side: 1 | -1,
): readonly string[] {
  const timeOf = (row: Row | undefined): bigint => {
    const [text] = row === undefined ? [] : valuesOf(row, '_time');
    if (text === undefined || !/^\d+(?:\.\d{1,9})?$/.test(text))
      throw new Undecided('the earliest without _time');
    const [whole = '', fraction = ''] = text.split('.');
    return BigInt(whole + fraction.padEnd(9, '0'));
  };
  const found = perRow.flatMap((texts, index) =>
    texts.length > 0 ? [{ texts, time: timeOf(rows[index]) }] : [],
  );
  const best = found.reduce<(typeof found)[number] | undefined>((kept, next) => {
    if (kept === undefined) return next;
    const order = next.time < kept.time ? -1 : next.time > kept.time ? 1 : 0;
    if (order === 0 && (!ordered || next.texts.join('\n') !== kept.texts.join('\n')))
      throw new Undecided('equal times');
    return order * side < 0 ? next : kept;
  }, undefined);
  if (best !== undefined && best.texts.length > 1) throw new Undecided('the earliest of several values');
  return best?.texts ?? [];
}

/** As numbers if all are; the source text comes back. */
function extreme(values: readonly string[], side: 1 | -1): readonly string[] {
  if (values.length === 0) return [];
  const numbers = values.every(looksNumeric);
  const order = (a: string, b: string): number => (numbers ? Number(a) - Number(b) : byBytes(a, b));
  const best = values.reduce((a, b) => (side * order(a, b) > 0 ? b : a));
  if (values.some((value) => value !== best && order(value, best) === 0))
    throw new Undecided('equal numbers');
  return [best];
}

function mode(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  const best = [...counts].filter(([, count]) => count === most);
  if (best.length > 1) throw new Undecided('modes');
  return best.map(([value]) => value);
}

function numeric(name: string, numbers: readonly number[]): readonly string[] {
  if (numbers.length === 0) return [];
  const sorted = [...numbers].sort((a, b) => a - b);
  const sum = numbers.reduce((a, b) => a + b, 0);
  switch (name) {
    case 'sum':
      return [String(sum)];
    case 'avg':
    case 'mean':
      return [String(sum / numbers.length)];
    case 'range':
      return [String((sorted.at(-1) ?? 0) - (sorted[0] ?? 0))];
    case 'median':
      // Of an even number the higher of the two in the middle, as Splunk's reference says.
      return [String(sorted[Math.floor(sorted.length / 2)])];
    case 'var':
      return [String(variance(numbers))];
    case 'stdev':
      return [String(Math.sqrt(variance(numbers)))];
    default:
      return [String(percentile(name, sorted))];
  }
}

function variance(numbers: readonly number[]): number {
  if (numbers.length === 1) throw new Undecided('the variance of one number');
  const mean = numbers.reduce((a, b) => a + b, 0) / numbers.length;
  return numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / (numbers.length - 1);
}

/** Nearest rank. */
function percentile(name: string, sorted: readonly number[]): number {
  const percent = Number(/^(?:perc|p)(\d+(?:\.\d+)?)$/.exec(name)?.[1] ?? Number.NaN);
  if (!(percent >= 0 && percent <= 100)) throw new Undecided(`the statistic ${name}`);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
