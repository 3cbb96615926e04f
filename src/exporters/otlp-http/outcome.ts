import { statusMessage } from '../../otlp/status.ts';
import type { Outcome } from '../../pipeline/outbox.ts';
import type { Time } from '../../record/time.ts';
import { printable } from '../../util/printable.ts';
import type { Reply } from './http-client.ts';
import { retryAfterMs } from './retry-after.ts';

/** More of what a backend says does not fit a line of the log. */
const maxShown = 200;

/**
 * What an answer means for the records of its request. 2xx: delivered. 400 and 413: this request will never be
 * taken. All else may be mended on the other side, so the records wait. `from` is the URL for messages.
 */
export function outcomeOf(reply: Reply, from: string, now: Time): Outcome {
  if (reply.status >= 200 && reply.status < 300) return { kind: 'delivered' };
  const said = shown(statusMessage(reply.body, reply.contentType) ?? Buffer.from(reply.body).toString());
  const reason = `${answer(reply)} from ${from}${said === '' ? '' : `: ${said}`}`;
  if (reply.status === 400 || reply.status === 413) return { kind: 'refused', reason };
  const afterMs = retryAfterMs(reply.retryAfter, now);
  return { kind: 'wait', reason, ...(afterMs !== undefined && { afterMs }) };
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
