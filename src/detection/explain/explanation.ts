import { printable } from '../../util/printable.ts';

/** One line of what is said about an event. */
export interface ExplanationLine {
  readonly part: 'where' | 'allow' | 'group' | 'stage' | 'window' | 'result';
  /** Of a condition inside another one, or of what a stage did. */
  readonly depth: number;
  readonly text: string;
  /** Whether the condition holds; undefined if the line is none. */
  readonly holds: boolean | undefined;
  /** The values that decided, if it is a test of a field. */
  readonly seen: readonly string[] | undefined;
}

const maxSeen = 100;
const maxText = 60;

/** A line that is no condition. */
export const plainLine = (part: ExplanationLine['part'], text: string, depth = 0): ExplanationLine => ({
  part,
  depth,
  text,
  holds: undefined,
  seen: undefined,
});

/** The lines as a table for a terminal, without colours; what comes from the event cannot move the cursor. */
export function formatExplanation(lines: readonly ExplanationLine[]): string {
  const texts = lines.map(({ depth, text }) => `${'  '.repeat(depth)}${printable(text)}`);
  const conditions = texts.filter((_, index) => lines[index]?.holds !== undefined);
  const width = Math.min(maxText, Math.max(0, ...conditions.map((text) => text.length)));
  const rows = lines.map(({ part, holds, seen }, index) => {
    const label = lines[index - 1]?.part === part ? '' : part;
    const left = `${label.padEnd(8)} ${texts[index] ?? ''}`;
    if (holds === undefined) return left;
    return `${left.padEnd(width + 9)}  ${holds ? 'yes' : 'no '}  ${seen ? shownValues(seen) : ''}`.trimEnd();
  });
  return rows.map((row) => `${row}\n`).join('');
}

/** Values as people read them: bounded, and printable. */
export function shownValues(values: readonly string[]): string {
  if (values.length === 0) return '(no such field)';
  const text = printable(values.join(' | '));
  return text.length > maxSeen ? `${text.slice(0, maxSeen)}…` : text;
}
