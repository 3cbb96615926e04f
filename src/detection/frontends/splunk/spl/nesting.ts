import type { Cursor } from './cursor.ts';

/** How deep parentheses and `NOT` may stand in each other. */
const maxNesting = 100;

/** Ends the reading of a command whose expressions stand deeper in each other than anybody writes. */
export function refuseTooDeep(cursor: Cursor, depth: number): void {
  if (depth <= maxNesting) return;
  cursor.fail(`expressions are nested more than ${maxNesting} deep`, 'too-large');
}
