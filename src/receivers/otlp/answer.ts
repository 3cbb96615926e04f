import type { ServerResponse } from 'node:http';
import type { Rejection } from '../../net/rejection.ts';
import { contentTypes, type Encoding } from '../../otlp/encoding.ts';
import { encodeStatus } from '../../otlp/status.ts';
import { statusCodeOf } from './status-code.ts';

/** 200 with an empty ExportLogsServiceResponse: every record was taken. */
export function accept(response: ServerResponse, encoding: Encoding): void {
  end(response, 200, encoding, Buffer.from(encoding === 'json' ? '{}' : ''));
}

/** The rejection's status and headers, with a google.rpc.Status as body. */
export function refuse(response: ServerResponse, encoding: Encoding, rejection: Rejection): void {
  for (const [name, value] of Object.entries(rejection.headers)) response.setHeader(name, value);
  // The body may not have been read: what comes next on the connection would be its rest.
  if (!response.req.complete) response.setHeader('Connection', 'close');
  end(
    response,
    rejection.status,
    encoding,
    encodeStatus(statusCodeOf(rejection), rejection.message, encoding),
  );
}

function end(response: ServerResponse, status: number, encoding: Encoding, body: Uint8Array): void {
  response.writeHead(status, { 'Content-Type': contentTypes[encoding], 'Content-Length': body.length });
  response.end(body);
}
