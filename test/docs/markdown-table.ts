/** The cells of one row. */
export type Cells = readonly string[];

/** A table in Markdown. */
export function table(head: Cells, rows: readonly Cells[]): string {
  const line = (cells: Cells): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A code span; in a table a "|" would end the cell. */
export const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
