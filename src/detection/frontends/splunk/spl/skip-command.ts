import type { Cursor } from './cursor.ts';
import { behindQuoted } from './quoted.ts';

/** Moves to the `|` that ends the command here, or to the end: past quoted texts and whole subsearches. */
export function skipCommand(cursor: Cursor): void {
  const { text } = cursor;
  let at = cursor.offset;
  let depth = 0;
  while (at < text.length) {
    const char = text[at];
    if (char === '|' && depth === 0) break;
    if (char === '[') depth++;
    if (char === ']') depth = Math.max(0, depth - 1);
    if (char === '"') at = behindQuoted(text, at) ?? text.length;
    else at += char === '\\' ? 2 : 1;
  }
  cursor.moveTo(Math.min(at, text.length));
}
