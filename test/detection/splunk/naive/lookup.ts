import type { Command } from '../../../../src/detection/frontends/splunk/spl/ast.ts';
import { globMatches } from './compare.ts';
import { networkHolds } from './network.ts';
import { Undecided, valuesOf, withColumn, type NaiveLookup, type Row, type World } from './table.ts';

type Lookup = Extract<Command, { name: 'lookup' }>;

/** `lookup` (spec/spl.md §3.7, §9). */
export function lookup(command: Lookup, row: Row, { lookups }: World): Row {
  const table = lookups.get(command.table.text);
  if (table === undefined) throw new Undecided(`the lookup ${command.table.text}`);
  const [match, ...more] = command.match;
  if (match === undefined || more.length > 0) throw new Undecided('a lookup by several fields');
  const given = valuesOf(row, (match.as ?? match.field).text);
  const outputs =
    command.output === 'all'
      ? table.fields.filter((field) => field !== match.field.text).map((field) => [field, field] as const)
      : command.outputs.map(({ field, as }) => [field.text, (as ?? field).text] as const);
  if (given.length === 0 && (table.minMatches > 0 || outputs.some(([, as]) => row.has(as)))) {
    throw new Undecided('a lookup of nothing');
  }
  return outputs.reduce((row, [field, as]) => {
    if (command.output === 'outputnew' && row.has(as)) return row;
    return withColumn(
      row,
      as,
      given.flatMap((value) => found(table, match.field.text, value, field)),
    );
  }, row);
}

/** Cells of the matching rows in the order of the file, filled up with the default. */
function found(table: NaiveLookup, field: string, value: string, output: string): readonly string[] {
  const at = table.fields.indexOf(field);
  const cells = table.rows.flatMap((cells) =>
    holds(table, field, cells[at] ?? '', value) ? [cells[table.fields.indexOf(output)] ?? ''] : [],
  );
  const taken = cells.slice(0, table.maxMatches);
  if (table.defaultMatch === undefined) return taken;
  const missing = Math.max(0, table.minMatches - taken.length);
  return [...taken, ...Array.from({ length: missing }, () => table.defaultMatch ?? '')];
}

function holds(
  { matchTypes, caseSensitive }: NaiveLookup,
  field: string,
  cell: string,
  value: string,
): boolean {
  switch (matchTypes[field]) {
    case 'wildcard':
      return globMatches(cell, value, !caseSensitive);
    case 'cidr':
      return networkHolds(cell, value);
    default:
      return caseSensitive ? cell === value : cell.toLowerCase() === value.toLowerCase();
  }
}
