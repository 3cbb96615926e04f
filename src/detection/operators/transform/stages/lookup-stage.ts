import type { LookupCriterion, LookupRow, LookupTable } from '../../../reference.ts';
import type { Lookup } from '../../../plan/transform.ts';
import { maxTexts } from '../../calc/bounds.ts';
import { product } from '../../product.ts';
import type { Columns, RowStage } from '../table-row.ts';
import { withColumns } from './with-columns.ts';

/** Searches in the table for one row. */
const maxSearches = 1_000;

/**
 * `lookup` (spec/spl.md §3.7). Each value of the columns that are matched is looked up, several of them in every
 * combination; the rows found make output columns of several values. With `overwrite` an output column is replaced,
 * and without a match it is gone; otherwise only a column that the row lacks is set. A row that lacks a column to
 * match stays as it is: nothing is looked up. A table that is not there matches nothing.
 *
 * At most 1,000 searches are made for a row: of longer lists their beginning and their end, where in a list of addresses
 * the trusted one stands. At most 10,000 values (`maxTexts`) stay.
 */
export function lookupStage(stage: Lookup): RowStage {
  return (columns, { references }) => {
    if (stage.match.some(({ column }) => !columns.has(column))) return [columns];
    const table = references.table(stage.table);
    const wanted = outputsOf(stage, table).filter(({ as }) => stage.overwrite || !columns.has(as));
    if (wanted.length === 0) return [columns];
    const rows = table === undefined ? [] : rowsOf(stage, table, columns);
    const outputs = wanted.map(({ field, as }) => [as, textsOf(rows, field)] as const);
    return [withColumns(columns, outputs)];
  };
}

/** What the search asks for, else every field of the table that is not matched. */
function outputsOf({ output, match }: Lookup, table: LookupTable | undefined): NonNullable<Lookup['output']> {
  if (output !== undefined) return output;
  const matched = new Set(match.map(({ field }) => field));
  return (table?.fields ?? []).filter((field) => !matched.has(field)).map((field) => ({ field, as: field }));
}

function rowsOf({ match }: Lookup, table: LookupTable, columns: Columns): readonly LookupRow[] {
  const each = Math.max(2, Math.floor(maxSearches ** (1 / match.length)));
  const lists = match.map(({ field, column }) =>
    bothEnds(columns.get(column) ?? [], each).map((value): LookupCriterion => ({ field, value })),
  );
  const rows: LookupRow[] = [];
  for (const criteria of product(lists, maxSearches)) {
    if (rows.length >= maxTexts) break;
    for (const row of table.find(criteria)) rows.push(row);
  }
  return rows;
}

const textsOf = (rows: readonly LookupRow[], field: string): readonly string[] =>
  rows
    .map((row) => row(field))
    .filter((text) => text !== undefined)
    .slice(0, maxTexts);

const bothEnds = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length <= most ? list : [...list.slice(0, Math.floor(most / 2)), ...list.slice(-Math.floor(most / 2))];
