import type { BearerTokens } from './bearer-tokens.ts';
import { Rejection } from './rejection.ts';

/**
 * Throws a `Rejection` unless an `Authorization` header shows one of `tokens`; without tokens everybody may send. A
 * file of tokens that has become unreadable is told to `log`, and the old ones count on.
 */
export async function authorize(
  tokens: BearerTokens | undefined,
  authorization: string | undefined,
  log: { error(message: string): void },
): Promise<void> {
  if (tokens === undefined) return;
  try {
    await tokens.refresh();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    log.error(`the tokens cannot be read, so the old ones stay: ${message}`);
  }
  if (tokens.admits(authorization)) return;
  throw new Rejection(401, 'no token that is known here', { 'WWW-Authenticate': 'Bearer' });
}
