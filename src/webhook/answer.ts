import type { ServerResponse } from 'node:http';
import type { Rejection } from '../net/rejection.ts';

/** How requests are answered: status and headers are the same for all, the bodies as those who ask expect them. */
export interface Answers {
  /** The body of a 200: every event is durable. Undefined: none. */
  accepted(response: ServerResponse): AnswerBody | undefined;
  /** The body that goes with a rejection. */
  refused(response: ServerResponse, rejection: Rejection): AnswerBody;
}

interface AnswerBody {
  readonly type: string;
  readonly text: string;
}

/** No body for what was taken, else the message: nobody but a person looks at it (spec/k8s-audit.md §12.5). */
export const plainAnswers: Answers = {
  accepted: () => undefined,
  refused: (_, { message }) => ({ type: 'text/plain; charset=utf-8', text: `${message}\n` }),
};

/** Answers with 200. */
export function accept(response: ServerResponse, body: AnswerBody | undefined): void {
  const text = body?.text ?? '';
  const type = body === undefined ? {} : { 'Content-Type': body.type };
  response.writeHead(200, { ...type, 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}

/** Answers with the status and headers of `rejection`. */
export function refuse(
  response: ServerResponse,
  { status, headers }: Rejection,
  { type, text }: AnswerBody,
): void {
  // The body may not have been read: what comes next on the connection would be its rest.
  if (!response.req.complete) response.setHeader('Connection', 'close');
  response.writeHead(status, { ...headers, 'Content-Type': type });
  response.end(text);
}
