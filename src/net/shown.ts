import { printable } from '../util/printable.ts';

/** More of what the other side says does not fit a line of the log. */
const maxShown = 200;

/** Text of the other side, short enough for a log and safe on a terminal. */
export function shown(text: string): string {
  const line = text
    .slice(0, maxShown * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return printable(line.slice(0, maxShown));
}
