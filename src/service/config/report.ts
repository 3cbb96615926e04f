import type { Problem } from '../../util/problem.ts';
import type { Place } from './node.ts';
import { formatPath, type Path } from './path.ts';
import { redactUrl } from './secret.ts';

/** Collects all that is wrong with a configuration. */
export class Report {
  readonly #problems: Problem[] = [];

  error(place: Place, path: Path, message: string): void {
    this.#add('error', place, path, message);
  }

  warning(place: Place, path: Path, message: string): void {
    this.#add('warning', place, path, message);
  }

  get failed(): boolean {
    return this.#problems.some(({ severity }) => severity === 'error');
  }

  /** By file in the order of `files` (others last), line and column. */
  sorted(files: readonly string[]): Problem[] {
    const rank = new Map(files.map((file, index) => [file, index]));
    const order = ({ file }: Problem): number => rank.get(file) ?? files.length;
    return this.#problems.toSorted(
      (a, b) => order(a) - order(b) || a.line - b.line || a.column - b.column || 0,
    );
  }

  #add(severity: Problem['severity'], place: Place, path: Path, message: string): void {
    const { file, line, column } = place;
    this.#problems.push({
      severity,
      file,
      line,
      column,
      path: formatPath(path),
      message: redactUrl(message),
    });
  }
}
