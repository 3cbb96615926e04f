import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { toMillis, type Time } from '../../record/time.ts';
import { plainAnswers, type Answers } from '../../webhook/answer.ts';

/** What a Firehose stream is configured with as its access key; it has no other way to say who it is. */
const accessKey = 'x-amz-firehose-access-key';
/** Stays the same when a request is sent again; an answer without it counts as a failure. */
const requestId = 'x-amz-firehose-request-id';

/** The access key of Firehose is a token like any other; whoever shows an `Authorization` is judged by that alone. */
export function authorizationOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers[accessKey];
  return headers.authorization ?? (typeof key === 'string' ? `Bearer ${key}` : undefined);
}

/**
 * Answers as Firehose demands of an HTTP endpoint ("HTTP endpoint delivery request and response specifications" of
 * AWS): JSON with the id of the request and a time in milliseconds. Others get plain answers. `now`: wall time.
 */
export const answersAt = (now: () => Time): Answers => ({
  accepted: (response) => firehoseAnswer(response, now(), {}) ?? plainAnswers.accepted(response),
  refused: (response, rejection) =>
    firehoseAnswer(response, now(), { errorMessage: rejection.message }) ??
    plainAnswers.refused(response, rejection),
});

function firehoseAnswer(
  { req }: ServerResponse,
  now: Time,
  more: object,
): { readonly type: string; readonly text: string } | undefined {
  const id = req.headers[requestId];
  if (typeof id !== 'string') return undefined;
  return {
    type: 'application/json',
    text: JSON.stringify({ requestId: id, timestamp: toMillis(now), ...more }),
  };
}
