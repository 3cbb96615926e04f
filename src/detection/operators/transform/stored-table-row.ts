import type { TableRow, Trace } from './table-row.ts';

/** A row as state keeps it. Plain JSON. */
export type StoredTableRow = Trace & {
  readonly columns: readonly (readonly [name: string, values: readonly string[]])[];
};

export const storedTableRow = ({ columns, trace }: TableRow): StoredTableRow => ({
  ...trace,
  columns: [...columns],
});

export const readTableRow = ({ columns, ...trace }: StoredTableRow): TableRow => ({
  columns: new Map(columns),
  trace,
});
