import { printable } from '../../util/printable.ts';
import type { Problem } from '../../util/problem.ts';
import { refusedByRule, type Checked } from './checked.ts';

/** Characters of a line that are shown around a problem. */
const shownWidth = 100;

/** The result for people: `file:line:col: error: ...` with the line and a caret, and a summary as the last line. */
export function checkText(checked: Checked): readonly string[] {
  return [...checked.problems.flatMap((problem) => problemLines(problem, checked.texts)), summary(checked)];
}

function problemLines(
  { severity, file, line, column, path, message }: Problem,
  texts: ReadonlyMap<string, string>,
): readonly string[] {
  const where = line > 0 ? `${file}:${line}:${column}: ` : file === '' ? '' : `${file}: `;
  const what = path === '' ? message : `${path}: ${message}`;
  const head = printable(`${where}${severity}: ${what}`);
  const source = line > 0 ? texts.get(file)?.split(/\r?\n/, line)[line - 1] : undefined;
  return source === undefined ? [head] : [head, ...caretLines(source, column)];
}

/** The part of a line around a column (from 1), and a caret below the column. */
function caretLines(source: string, column: number): readonly string[] {
  const at = column - 1;
  const from = Math.max(0, Math.min(at - shownWidth / 2, source.length - shownWidth));
  const to = from + shownWidth;
  const shown = (start: number, end: number): string =>
    printable(source.slice(start, end).replaceAll('\t', ' '));
  // What is not printable takes more room than it has in the file.
  const before = `${from > 0 ? '…' : ''}${shown(from, at)}`;
  const behind = `${shown(at, to)}${to < source.length ? '…' : ''}`;
  return [`  ${before}${behind}`, `  ${' '.repeat(before.length)}^`];
}

function summary(checked: Checked): string {
  const { compiled, refused, skipped } = checked;
  const reasons = Array.from(refusedByRule(checked), ([rule, count]) => `${rule} ${count}`).sort();
  const why = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `${compiled.length} compiled, ${refused.length} refused${why}, ${skipped.length} skipped`;
}
