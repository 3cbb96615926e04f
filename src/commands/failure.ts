import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { StoreError } from '../store/store.ts';
import { ConfigError } from '../util/problem.ts';
import { reasonOf } from '../util/reason-of.ts';

/** Says on standard error why something could not start, or be done, and gives the exit code for it (design §9). */
export function couldNotStart(error: unknown, what = 'start'): ExitCode {
  if (error instanceof ConfigError) {
    const errors = error.problems.filter(({ severity }) => severity === 'error').length;
    process.stderr.write(`${error.message}\n${errors} ${errors === 1 ? 'error' : 'errors'}\n`);
    return exitCode.couldNotStart;
  }
  process.stderr.write(`riskpipe: could not ${what}: ${messageOf(error)}\n`);
  return error instanceof StoreError && error.reason === 'locked'
    ? exitCode.storeInUse
    : exitCode.couldNotStart;
}

/**
 * Says why a command did not even come to its own end: what it is made of could not be loaded, or there is a bug. Gives
 * the exit code for it.
 */
export function couldNotLoad(error: unknown): ExitCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'EMFILE' && code !== 'ENFILE') {
    process.stderr.write(`riskpipe: ${messageOf(error)}\n`);
    return exitCode.failed;
  }
  const remedy =
    'raise its limit of open files ("ulimit -n"); a start takes 40, and each log that is read one more';
  process.stderr.write(`riskpipe: could not start: the process may open too few files; ${remedy}\n`);
  return exitCode.couldNotStart;
}

/** The message, with the stack where the error is a bug of ours. */
export function messageOf(error: unknown): string {
  const isBug = error instanceof Error && error.message.startsWith('bug: ');
  return isBug ? (error.stack ?? error.message) : reasonOf(error);
}
