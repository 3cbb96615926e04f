import { printable } from '../util/printable.ts';
import type { Log } from './log.ts';
import { Rejection, unavailable } from './rejection.ts';

/** What a request from `source` that ended with `error` is answered; told to `log`, and as a bug if it is no `Rejection`. */
export function rejectionOf(error: unknown, source: string, log: Log): Rejection {
  const rejection = error instanceof Rejection ? error : unavailable('an internal error occurred');
  if (rejection !== error) log.error(`bug: could not answer ${source}: ${String(error)}`);
  log.warn(`${rejection.status} to ${source}: ${printable(rejection.message)}`);
  return rejection;
}
