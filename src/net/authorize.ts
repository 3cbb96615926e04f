import type { BearerTokens } from './bearer-tokens.ts';
import type { Log } from './log.ts';
import { refresh } from './refresh.ts';
import { Rejection } from './rejection.ts';

const words = {
  changed: 'the tokens have changed',
  kept: 'the tokens have changed and cannot be used, so the old ones stay',
};

/**
 * Throws a `Rejection` unless an `Authorization` header shows one of `tokens`; without tokens everybody may send. A
 * file of tokens that has changed is told to `log`; if it is of no use, the old ones count on.
 */
export async function authorize(
  tokens: BearerTokens | undefined,
  authorization: string | undefined,
  log: Pick<Log, 'info' | 'error'>,
): Promise<void> {
  if (tokens === undefined) return;
  await refresh(tokens, words, log);
  if (tokens.admits(authorization)) return;
  throw new Rejection(401, 'no token that is known here', { 'WWW-Authenticate': 'Bearer' });
}
