import type { Problem } from '../../util/problem.ts';
import { reasonOf } from '../../util/reason-of.ts';

/** The problem that `file` could not be read, from the `error` of node:fs. */
export function unreadableFile(file: string, error: unknown): Problem {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const message = messages[code] ?? `could not be read: ${reasonOf(error)}`;
  return { severity: 'error', file, line: 0, column: 0, path: '', message };
}

const messages: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'is a directory; name a file',
  EACCES: 'could not be read: permission denied',
};
