import { boundText } from '../bound-text.ts';
import type { Columns } from './table-row.ts';

/**
 * Columns as state may keep them: the very same ones if nothing of them has to be cut, as nearly always. Once only: what
 * was cut carries a hash, and would be cut again.
 */
export function boundColumns(columns: Columns): Columns {
  for (const values of columns.values()) {
    if (values.some(isLong)) return new Map(Array.from(columns, ([name, all]) => [name, all.map(boundText)]));
  }
  return columns;
}

const isLong = (text: string): boolean => boundText(text) !== text;
