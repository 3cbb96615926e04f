import type { Problem } from '../../../util/problem.ts';
import type { PlacedComplaint } from './spl/complaint.ts';
import type { MacroCall } from './spl/source-text.ts';

/** A macro that calls a macro that ... is shown as far as this. */
const maxCalls = 4;

/**
 * A complaint about a search in `file` as a problem. Text that came out of a macro has its place in the macro's file, and
 * the message says where the macro is called.
 */
export function placedProblem(file: string, { at, severity, rule, message }: PlacedComplaint): Problem {
  return {
    severity,
    file: at.file,
    line: at.line,
    column: at.column,
    path: at.file === file ? 'search' : 'definition',
    message: `${message}${at.through.slice(0, maxCalls).map(calledAt).join('')}`,
    rule,
  };
}

const calledAt = ({ macro, file, line, column }: MacroCall): string =>
  `, in the macro "${macro}" called at ${file}:${line}:${column}`;
