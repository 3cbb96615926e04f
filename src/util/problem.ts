import { printable } from './printable.ts';

/** Something wrong in a file that a person wrote, and where. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Empty if it is in none. */
  readonly file: string;
  /** From 1; 0 if the problem is with the file as a whole. */
  readonly line: number;
  readonly column: number;
  /** The key, such as `receivers.file_log.include[0]`; empty if there is none. */
  readonly path: string;
  /** What is wrong and what would be right; lower case, no full stop. */
  readonly message: string;
  /** The kind of problem, as tools count them: `unknown-macro`. */
  readonly rule?: string;
}

/** `bad.yaml:3:5 receivers.file_log.inclde: unknown key. Did you mean "include"?` */
export function formatProblem({ severity, file, line, column, path, message }: Problem): string {
  const where = line > 0 ? `${file}:${line}:${column}` : file;
  const what = path === '' ? message : `${path}: ${message}`;
  const head = [where, ...(severity === 'warning' ? ['warning:'] : [])].filter((word) => word !== '');
  return printable([...head, what].join(' '));
}

/** Input of a person is wrong: all that is wrong, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.problems = problems;
  }
}

/** Something wrong with one option, at `path` of a configuration whose file is not known here. */
export function configError(path: string, message: string): ConfigError {
  return new ConfigError([{ severity: 'error', file: '', line: 0, column: 0, path, message }]);
}
