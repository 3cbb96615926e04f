import type { Columns } from '../table-row.ts';

/** A row with other values in some of its columns; no values: without the column. The row itself stays as it is. */
export function withColumns(
  columns: Columns,
  changes: Iterable<readonly [name: string, values: readonly string[]]>,
): Columns {
  const changed = new Map(columns);
  for (const [name, values] of changes) {
    if (values.length === 0) changed.delete(name);
    else changed.set(name, values);
  }
  return changed;
}
