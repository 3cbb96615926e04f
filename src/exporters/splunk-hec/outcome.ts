import { failedAnswer, kindOf, type FailedAnswer } from '../../net/failed-answer.ts';
import type { Reply } from '../../net/http-client.ts';
import type { Outcome } from '../../pipeline/outbox/destination.ts';
import type { Time } from '../../record/time.ts';
import type { HecReply } from './hec-reply.ts';

interface Meaning {
  readonly kind: FailedAnswer['kind'];
  /** What would be right. */
  readonly advice?: string;
}

const wrongToken: Meaning = { kind: 'park', advice: 'look at "token" and at the token in Splunk' };
const acknowledging: Meaning = { kind: 'park', advice: 'turn indexer acknowledgment off for this token' };
const busy: Meaning = { kind: 'wait' };

/** Codes that say more than their HTTP status does; those of single events (6, 12, 13, 15) come with a 400. */
const meanings: Readonly<Record<number, Meaning>> = {
  1: wrongToken,
  2: wrongToken,
  3: wrongToken,
  4: wrongToken,
  // The index is the same for all records: none of them is to blame.
  7: { kind: 'park', advice: 'allow the token to write to "index"' },
  8: busy,
  9: busy,
  10: acknowledging,
  11: acknowledging,
  14: acknowledging,
};

/** "No data": what HEC answers to an empty request of somebody whom it knows. */
const noData = 5;

/** True if HEC took an empty request for what it is: it is there, and knows the token. */
export const tookProbe = (hec: HecReply | undefined): boolean => hec?.code === noData;

/**
 * What an answer that is no success means for the records of its request: HEC's code where it says more than the
 * status. `hec` is what the body of `reply` says; `from` is the URL for messages.
 */
export function outcomeOf(reply: Reply, hec: HecReply | undefined, from: string, now: Time): Outcome {
  if (hec === undefined) {
    return failedAnswer(kindOf(reply.status), reply, { said: Buffer.from(reply.body).toString(), from, now });
  }
  const { kind, advice }: Meaning = meanings[hec.code] ?? { kind: kindOf(reply.status) };
  const said = `${hec.text} (code ${hec.code})${advice === undefined ? '' : `; ${advice}`}`;
  const outcome = failedAnswer(kind, reply, { said, from, now });
  if (outcome.kind !== 'refused' || hec.invalidEvent === undefined) return outcome;
  return { ...outcome, kind: 'refused', at: hec.invalidEvent };
}
