import { boundText } from '../bound-text.ts';
import type { Columns } from './table-row.ts';

/** Columns as state may keep them. Once only: what was cut carries a hash, and would be cut again. */
export const boundColumns = (columns: Columns): Columns =>
  new Map(Array.from(columns, ([name, values]) => [name, values.map(boundText)]));
