import { failedAnswer, kindOf } from '../../net/failed-answer.ts';
import type { Reply } from '../../net/http-client.ts';
import { statusMessage } from '../../otlp/status.ts';
import type { Outcome } from '../../pipeline/outbox/destination.ts';
import type { Time } from '../../record/time.ts';

/**
 * What an answer that is no success means for the records of its request: its status says so, its body only why.
 * `from` is the URL for messages.
 */
export function outcomeOf(reply: Reply, from: string, now: Time): Outcome {
  const said = statusMessage(reply.body, reply.contentType) ?? Buffer.from(reply.body).toString();
  return failedAnswer(kindOf(reply.status), reply, { said, from, now });
}
