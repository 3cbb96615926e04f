import type { Stage } from './transform.ts';
import { hasWildcard } from './wildcard-name.ts';

/**
 * True if a stage moves or leaves out whole columns by their names alone. It keeps every row, and what it makes of
 * several rows joined column by column is what it makes of each of them, joined.
 */
export function isColumnWise(stage: Stage): boolean {
  // Which of several columns a wildcard gives one name depends on those that a row has.
  if (stage.kind === 'rename') return !stage.pairs.some(({ from }) => hasWildcard(from));
  // Columns that a wildcard chooses stand in the order of their names, joined or not in another one.
  if (stage.kind === 'project') return !stage.columns.some(hasWildcard);
  return false;
}
