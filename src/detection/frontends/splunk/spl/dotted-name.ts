import type { Cursor } from './cursor.ts';

const nameBefore = /(?<![\w.'")}])[A-Za-z_]\w*$/;
const nameBehind = /[A-Za-z_][\w.]{0,100}(?![\w.'"(])/y;
/** Longer names than this get no warning. */
const reach = 100;

/**
 * Warns of `user.name` in an expression: without single quotes, and as Splunk reads it, these are two fields put
 * together by the operator at `at`, which is hardly ever meant (spec/spl.md §3.3).
 */
export function warnOfDottedName(cursor: Cursor, at: number): void {
  const before = nameBefore.exec(cursor.text.slice(Math.max(0, at - reach), at))?.[0];
  if (before === undefined) return;
  const behind = cursor.peek(nameBehind)?.[0];
  if (behind === undefined) return;
  const name = `${before}.${behind}`;
  cursor.warn(
    'syntax',
    { start: at - before.length, end: at + 1 + behind.length },
    `"${name}" puts the fields "${before}" and "${behind}" together; for the field of that name write '${name}'`,
  );
}
