import type { Columns } from '../table-row.ts';

/** A row with other values in some of its columns; no values: without the column. The row itself stays as it is. */
export function withColumns(
  columns: Columns,
  changes: Iterable<readonly [name: string, values: readonly string[]]>,
): Columns {
  const changed = new Map(columns);
  for (const [name, values] of changes) setColumn(changed, name, values);
  return changed;
}

/** Gives a row that nobody else holds other values in one of its columns; no values: takes the column away. */
export function setColumn(
  columns: Map<string, readonly string[]>,
  name: string,
  values: readonly string[],
): void {
  if (values.length === 0) columns.delete(name);
  else columns.set(name, values);
}
