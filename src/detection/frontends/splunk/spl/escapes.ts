/** Which characters a backslash takes its meaning from, by the kind of text; before others it is a backslash. */
const escaped = {
  /** Words, names, and values of `search` (spec/spl.md §1.4). */
  word: '"|\\',
  /** Texts in `eval` and `where`. A regular expression may hold `\|`. */
  text: '"\\',
  /** Field names in `eval` and `where`. */
  field: "'\\",
  /** Regular expressions of `rex` and `regex`: all other backslashes are theirs (spec/spl.md §3.5). */
  pattern: '"',
} as const;

export type Escaped = keyof typeof escaped;

/** What `written` (without the quotes around it) means. */
export function unescape(written: string, kind: Escaped): string {
  if (!written.includes('\\')) return written;
  return written.replace(/\\([^])/g, (pair, char: string) => (escaped[kind].includes(char) ? char : pair));
}

/** How `text` is written within quotes. */
export function escape(text: string, kind: Escaped): string {
  if (kind === 'pattern') return text.replace(/\\([^])|"/g, (found) => (found === '"' ? '\\"' : found));
  const quote = kind === 'field' ? "'" : '"';
  return text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
}
