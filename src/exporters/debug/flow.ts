/** Width of the left column: `RISK 20  `. */
export const indent = 9;

/**
 * Pieces side by side, three spaces apart, broken between pieces and behind a column of `indent` spaces. A piece
 * that is too long for a line stands alone on one and is broken by the terminal: nothing is cut, so that it can be
 * copied. Width is counted in UTF-16 units, which is near enough to choose where to break.
 */
export function flow(pieces: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    const longer = line === '' ? piece : `${line}   ${piece}`;
    if (line !== '' && indent + longer.length > width) {
      lines.push(line);
      line = piece;
    } else line = longer;
  }
  if (line !== '') lines.push(line);
  return lines.map((text) => `${' '.repeat(indent)}${text}`);
}
