import type { Command } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { byBytes, looksNumeric } from './compare.ts';
import { statistic } from './statistics.ts';
import { Undecided, valuesOf, withColumn, type Row, type Table, type World } from './table.ts';
import { spanOf } from './span.ts';

type Stats = Extract<Command, { name: 'stats' | 'eventstats' }>;
type Rank = Extract<Command, { name: 'top' | 'rare' }>;

/** Every combination of one value of each list. */
function combinations(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return lists.reduce<readonly (readonly string[])[]>(
    (heads, list) => heads.flatMap((head) => list.map((value) => [...head, value])),
    [[]],
  );
}

interface Group {
  readonly key: readonly string[];
  readonly rows: readonly Row[];
}

/** A row is in a group once for each combination of its values that makes the key; without a value in none. */
function grouped(rows: readonly Row[], by: readonly string[], distinct: boolean): readonly Group[] {
  const groups = new Map<string, { readonly key: readonly string[]; readonly rows: Row[] }>();
  for (const row of rows) {
    const lists = by.map((name) => (distinct ? [...new Set(valuesOf(row, name))] : valuesOf(row, name)));
    for (const key of combinations(lists)) {
      const id = JSON.stringify(key);
      const group = groups.get(id) ?? { key, rows: [] };
      groups.set(id, group);
      group.rows.push(row);
    }
  }
  return [...groups.values()];
}

const namedOf = ({ as, name, argument }: Stats['statistics'][number]): string => {
  if (as !== undefined) return as.text;
  if (argument === undefined) return name.text;
  if (argument.kind === 'eval') throw new Undecided('the name of a statistic of an expression');
  return `${name.text}(${argument.field.text})`;
};

/** `stats` and `eventstats` (spec/spl.md §3.2). */
export function stats(command: Stats, table: Table, world: World): Table {
  const rows = command.by.reduce(
    (rows, { field, span }) =>
      span === undefined ? rows : rows.map((row) => binned(row, field.text, span.text)),
    table.rows,
  );
  const by = command.by.map(({ field }) => field.text);
  const measures = (group: readonly Row[]): [string, readonly string[]][] =>
    command.statistics.map((call) => [namedOf(call), statistic(call, group, table.ordered, world)]);
  if (command.name === 'eventstats') return joined(rows, by, measures, table.ordered);
  const groups = by.length === 0 ? [{ key: [], rows }] : grouped(rows, by, command.dedupSplitvals);
  return {
    rows: groups.map((group) => {
      const keys = by.map((name, index): [string, readonly string[]] => [name, [group.key[index] ?? '']]);
      return rowOf([...keys, ...measures(group.rows)]);
    }),
    ordered: groups.length < 2,
  };
}

const rowOf = (columns: readonly (readonly [string, readonly string[]])[]): Row =>
  new Map(columns.filter(([, values]) => values.length > 0));

function binned(row: Row, name: string, span: string): Row {
  return withColumn(
    row,
    name,
    valuesOf(row, name).map((value) => spanOf(value, span, name)),
  );
}

function joined(
  rows: readonly Row[],
  by: readonly string[],
  measures: (group: readonly Row[]) => [string, readonly string[]][],
  ordered: boolean,
): Table {
  if (rows.some((row) => by.some((name) => valuesOf(row, name).length > 1))) {
    throw new Undecided('eventstats by several values');
  }
  const keyOf = (row: Row): string => JSON.stringify(by.map((name) => valuesOf(row, name)));
  return {
    rows: rows.map((row) => {
      if (by.some((name) => valuesOf(row, name).length === 0)) return row;
      const group = rows.filter((other) => keyOf(other) === keyOf(row));
      return measures(group).reduce((row, [name, values]) => withColumn(row, name, values), row);
    }),
    ordered,
  };
}

/** `top` and `rare` (spec/spl.md §3.8): most or least frequent combinations, in each group of `by`. */
export function rank(command: Rank, { rows }: Table): Table {
  const fields = command.fields.map(({ text }) => text);
  const by = command.by.map(({ text }) => text);
  const found = grouped(rows, by, false).flatMap((outer) => {
    const groups = grouped(outer.rows, fields, false);
    const total = groups.reduce((sum, group) => sum + group.rows.length, 0);
    const chosen = cut(groups, command.name === 'top' ? -1 : 1, command.limit ?? 10);
    return chosen.map((group) => {
      const keys = [...by, ...fields].map((name, index): [string, readonly string[]] => [
        name,
        [[...outer.key, ...group.key][index] ?? ''],
      ]);
      const count = command.showCount
        ? [[command.countField?.text ?? 'count', [String(group.rows.length)]] as const]
        : [];
      const percent = ((group.rows.length / total) * 100).toFixed(6);
      const share = command.showPercent
        ? [[command.percentField?.text ?? 'percent', [percent]] as const]
        : [];
      return rowOf([...keys, ...count, ...share]);
    });
  });
  return { rows: found, ordered: found.length < 2 };
}

function cut(groups: readonly Group[], side: 1 | -1, limit: number): readonly Group[] {
  const sorted = [...groups].sort((a, b) => side * (a.rows.length - b.rows.length));
  if (limit === 0 || sorted.length <= limit) return sorted;
  if (sorted[limit - 1]?.rows.length === sorted[limit]?.rows.length)
    throw new Undecided('which of equal counts');
  return sorted.slice(0, limit);
}

type SortField = Extract<Command, { name: 'sort' }>['fields'][number];

/**
 * Rows by the fields, and whether that decides their order: it does where each field is in every row once, and its values
 * are all numbers or all none.
 */
export function sorted({ rows, ordered }: Table, fields: readonly SortField[]): Table {
  const columns = fields.map(({ field }) => rows.map((row) => valuesOf(row, field.text)));
  const clear = columns.every((column, index) => {
    const as = fields[index]?.as ?? 'auto';
    const plain = column.every((values) => values.length === 1);
    const numbers = column.filter(([value = '']) => looksNumeric(value)).length;
    const alike = as === 'str' || numbers === column.length || (as === 'auto' && numbers === 0);
    return plain && alike && as !== 'ip';
  });
  if (!clear) return { rows, ordered: rows.length < 2 };
  const compare = (a: Row, b: Row): number => {
    for (const { field, descending, as } of fields) {
      const [x = ''] = valuesOf(a, field.text);
      const [y = ''] = valuesOf(b, field.text);
      const order = as !== 'str' && looksNumeric(x) ? Number(x) - Number(y) : byBytes(x, y);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
  const result = [...rows].sort(compare);
  const ties = result.some((row, index) => index > 0 && compare(result[index - 1] ?? row, row) === 0);
  return { rows: result, ordered: ordered || !ties };
}
