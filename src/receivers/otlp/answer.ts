import type { ServerResponse } from 'node:http';
import type { Rejection } from '../../net/rejection.ts';
import { contentTypes, type Encoding } from '../../otlp/encoding.ts';
import { encodeStatus, statusCodes } from '../../otlp/status.ts';

/** 200 with an empty ExportLogsServiceResponse: every record was taken. */
export function accept(response: ServerResponse, encoding: Encoding): void {
  end(response, 200, encoding, Buffer.from(encoding === 'json' ? '{}' : ''));
}

/** The rejection's status and headers, with a google.rpc.Status as body. */
export function refuse(response: ServerResponse, encoding: Encoding, rejection: Rejection): void {
  for (const [name, value] of Object.entries(rejection.headers)) response.setHeader(name, value);
  // The body may not have been read: what comes next on the connection would be its rest.
  if (!response.req.complete) response.setHeader('Connection', 'close');
  end(response, rejection.status, encoding, encodeStatus(codeOf(rejection), rejection.message, encoding));
}

/** The google.rpc code that says what the HTTP status says (spec/collector.md §4.5). */
function codeOf({ status }: Rejection): number {
  if (status === 401) return statusCodes.unauthenticated;
  if (status === 404) return statusCodes.notFound;
  if (status === 405) return statusCodes.unimplemented;
  if (status === 413) return statusCodes.resourceExhausted;
  return status < 500 ? statusCodes.invalidArgument : statusCodes.unavailable;
}

function end(response: ServerResponse, status: number, encoding: Encoding, body: Uint8Array): void {
  response.writeHead(status, { 'Content-Type': contentTypes[encoding], 'Content-Length': body.length });
  response.end(body);
}
