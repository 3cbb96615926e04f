import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { StoreError } from '../store/store.ts';
import { ConfigError } from '../util/problem.ts';

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

/** The message, with the stack where the error is a bug of ours. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message.startsWith('bug: ') ? (error.stack ?? error.message) : error.message;
}
