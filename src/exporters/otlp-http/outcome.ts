import { statusMessage } from '../../otlp/status.ts';
import type { Outcome } from '../../pipeline/outbox/destination.ts';
import type { Time } from '../../record/time.ts';
import { printable } from '../../util/printable.ts';
import type { Reply } from '../../net/http-client.ts';
import { retryAfterMs } from '../../net/retry-after.ts';

/** More of what a backend says does not fit a line of the log. */
const maxShown = 200;

/** What may be tried again (spec/collector.md §4.5); all else is, too, but not before somebody has mended something. */
const passing = new Set([429, 502, 503, 504]);

/**
 * What an answer that is no success means for the records of its request (spec/reliability.md §2.3, W17 to W20). 422
 * says what 400 says, in other words (RFC 9110 §15.5.21). `from` is the URL for messages.
 */
export function outcomeOf(reply: Reply, from: string, now: Time): Outcome {
  const { status } = reply;
  const said = shown(statusMessage(reply.body, reply.contentType) ?? Buffer.from(reply.body).toString());
  const reason = `${answer(reply)} from ${from}${said === '' ? '' : `: ${said}`}`;
  if (status === 400 || status === 422) return { kind: 'refused', reason, status };
  if (status === 413) return { kind: 'too large', reason, status };
  const afterMs = retryAfterMs(reply.retryAfter, now);
  const after = afterMs === undefined ? {} : { afterMs };
  if (passing.has(status)) return { kind: 'wait', reason, ...after };
  const redirected =
    status >= 300 && status < 400 ? '; redirects are not followed, write the URL itself' : '';
  return { kind: 'park', reason: `${reason}${redirected}`, ...after };
}

/** Text of a backend, short enough for a log and safe on a terminal. */
export function shown(text: string): string {
  const line = text
    .slice(0, maxShown * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return printable(line.slice(0, maxShown));
}

const answer = ({ status, statusText }: Reply): string => `${status} ${shown(statusText)}`.trim();
