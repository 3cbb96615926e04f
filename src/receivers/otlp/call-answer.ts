import type { ServerHttp2Stream } from 'node:http2';
import { compressions } from '../../net/compression.ts';
import { framed } from '../../net/grpc/frame.ts';
import { encodeStatusText } from '../../net/grpc/status-text.ts';
import type { Rejection } from '../../net/rejection.ts';
import { encodeRetryStatus } from '../../otlp/retry-info.ts';
import { statusCodeOf } from './status-code.ts';

const head = { ':status': 200, 'content-type': 'application/grpc' };

/** OK with an empty ExportLogsServiceResponse: every record was taken. */
export function acceptCall(stream: ServerHttp2Stream): void {
  if (stream.destroyed) return;
  stream.respond(head, { waitForTrailers: true });
  stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.end(framed(new Uint8Array(), false));
}

/** The rejection's status, with RetryInfo if the sender should try again (spec/reliability.md W20). */
export function refuseCall(stream: ServerHttp2Stream, rejection: Rejection): void {
  const code = statusCodeOf(rejection);
  const retryAfter = rejection.headers['Retry-After'];
  const details =
    retryAfter === undefined ? undefined : encodeRetryStatus(code, rejection.message, Number(retryAfter));
  answerAtOnce(stream, {
    ...head,
    'grpc-status': String(code),
    'grpc-message': encodeStatusText(rejection.message),
    'grpc-accept-encoding': compressions.join(','),
    ...(details && { 'grpc-status-details-bin': Buffer.from(details).toString('base64') }),
  });
}

/** What is no call of gRPC gets the status that the specification names for it: 415. */
export function refuseRequest(stream: ServerHttp2Stream): void {
  answerAtOnce(stream, { ':status': 415 });
}

function answerAtOnce(stream: ServerHttp2Stream, headers: Record<string, string | number>): void {
  if (stream.destroyed) return;
  stream.respond(headers, { endStream: true });
  // What is still to come of the message is of no use; without this the stream would wait for it.
  if (!stream.readableEnded) stream.close();
}
