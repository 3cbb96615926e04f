import type { Command } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { globMatches } from './compare.ts';
import { sorted } from './group-commands.ts';
import { Undecided, valuesOf, withColumn, type Row, type Table } from './table.ts';

type Of<Name extends Command['name']> = Extract<Command, { name: Name }>;

const columnsOf = (rows: readonly Row[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => [...row.keys()])),
];

/** Without a list: every column that any row has (spec/spl.md §3.1). */
export function fillnull({ value, fields }: Of<'fillnull'>, rows: readonly Row[]): readonly Row[] {
  const names = fields.length > 0 ? fields.map(({ text }) => text) : columnsOf(rows);
  return rows.map((row) =>
    names.reduce((row, name) => (row.has(name) ? row : withColumn(row, name, [value?.text ?? '0'])), row),
  );
}

/** Pairs one after the other; a target is overwritten, even by nothing (spec/spl.md §3.4). */
export function rename({ pairs }: Of<'rename'>, rows: readonly Row[]): readonly Row[] {
  return pairs.reduce((rows, { from, to }) => {
    if (!from.text.includes('*')) return rows.map((row) => moved(row, [[from.text, to.text]]));
    const moves = columnsOf(rows).flatMap((name): [string, string][] => {
      const target = carried(from.text, to.text, name);
      return target === undefined ? [] : [[name, target]];
    });
    return rows.map((row) => moved(row, moves));
  }, rows);
}

function moved(row: Row, moves: readonly (readonly [string, string])[]): Row {
  const changed = moves.filter(([from, to]) => from !== to);
  const emptied = changed.flat().reduce((row, name) => withColumn(row, name, []), row);
  return changed.reduce((result, [from, to]) => withColumn(result, to, valuesOf(row, from)), emptied);
}

/** The name that a wildcard rename gives to `name`; undefined if it is not meant. */
function carried(from: string, to: string, name: string): string | undefined {
  const [head = '', tail = '', ...more] = from.split('*');
  if (more.length > 0 || to.split('*').length !== 2) throw new Undecided('a rename of several wildcards');
  if (name.startsWith('_') && head === '') throw new Undecided('a wildcard for internal fields');
  const length = name.length - head.length - tail.length;
  if (length < 0 || !name.startsWith(head) || !name.endsWith(tail)) return undefined;
  return to.replace('*', () => name.slice(head.length, head.length + length));
}

export function project({ drop, fields }: Of<'fields'>, row: Row): Row {
  const named = (column: string): boolean => fields.some(({ text }) => globMatches(text, column, false));
  if (!drop) return new Map([...row].filter(([column]) => named(column) || /^_(?:time|raw)$/.test(column)));
  return new Map([...row].filter(([column]) => !named(column)));
}

export const table = ({ fields }: Of<'table'>, row: Row): Row =>
  new Map([...row].filter(([column]) => fields.some(({ text }) => globMatches(text, column, false))));

export function dedup(command: Of<'dedup'>, given: Table): Table {
  const { rows, ordered } = command.order.length > 0 ? sorted(given, command.order) : given;
  const names = command.by.map(({ text }) => text);
  const keyOf = (row: Row): string => JSON.stringify(names.map((name) => valuesOf(row, name)));
  const whole = (row: Row): boolean => names.every((name) => row.has(name));
  const seen = new Map<string, number>();
  let last = '';
  let cut = false;
  const kept = rows.filter((row) => {
    if (!whole(row)) return command.keepEmpty;
    const key = keyOf(row);
    const count = command.consecutive && key !== last ? 0 : (seen.get(key) ?? 0);
    last = key;
    seen.set(key, count + 1);
    cut ||= count >= (command.count ?? 1);
    return count < (command.count ?? 1);
  });
  if (command.consecutive && rows.some((row) => !whole(row)))
    throw new Undecided('consecutive rows with gaps');
  if (cut && !ordered) throw new Undecided('which of the rows');
  return { rows: kept, ordered };
}

export function sort({ limit, fields }: Of<'sort'>, given: Table): Table {
  const result = sorted(given, fields);
  return first(result, limit === undefined ? 10_000 : limit === 0 ? Number.POSITIVE_INFINITY : limit);
}

export const head = ({ count }: Of<'head'>, given: Table): Table => first(given, count ?? 10);

function first({ rows, ordered }: Table, count: number): Table {
  if (rows.length <= count) return { rows, ordered };
  if (!ordered) throw new Undecided('which rows are first');
  return { rows: rows.slice(0, count), ordered };
}
