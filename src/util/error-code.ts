import { reasonOf } from './reason-of.ts';

/** The code of a system error, such as "ENOENT"; what is said of anything else. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : reasonOf(error);
