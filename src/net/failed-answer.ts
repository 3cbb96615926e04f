import type { Time } from '../record/time.ts';
import type { Reply } from './http-client.ts';
import { retryAfterMs } from './retry-after.ts';
import { shown } from './shown.ts';

/** What an answer that is no success means for the records of its request; an `Outcome` of the outbox. */
export type FailedAnswer =
  | { readonly kind: 'refused' | 'too large'; readonly reason: string; readonly status: number }
  | { readonly kind: 'wait' | 'park'; readonly reason: string; readonly afterMs?: number };

/** What may be tried again (spec/collector.md §4.5); all else is, too, but not before somebody has mended something. */
const passing = new Set([429, 502, 503, 504]);

/**
 * What a status that is no success means by itself (spec/reliability.md §2.3, W17 to W20). 422 says what 400 says, in
 * other words (RFC 9110 §15.5.21).
 */
export function kindOf(status: number): FailedAnswer['kind'] {
  if (status === 400 || status === 422) return 'refused';
  if (status === 413) return 'too large';
  return passing.has(status) ? 'wait' : 'park';
}

/** `reply` as an answer of `kind`. `said`: what its body says; `from`: the URL for messages. */
export function failedAnswer(
  kind: FailedAnswer['kind'],
  reply: Reply,
  { said, from, now }: { readonly said: string; readonly from: string; readonly now: Time },
): FailedAnswer {
  const { status, statusText, retryAfter } = reply;
  const words = shown(said);
  const reason = `${`${status} ${shown(statusText)}`.trim()} from ${from}${words === '' ? '' : `: ${words}`}`;
  if (kind === 'refused' || kind === 'too large') return { kind, reason, status };
  const afterMs = retryAfterMs(retryAfter, now);
  const after = afterMs === undefined ? {} : { afterMs };
  const redirected =
    status >= 300 && status < 400 ? '; redirects are not followed, write the URL itself' : '';
  return { kind, reason: `${reason}${redirected}`, ...after };
}
