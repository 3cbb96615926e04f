import type { ServerResponse } from 'node:http';
import type { Rejection } from '../../net/rejection.ts';

/** 200: every event is durable. The API server does not look at the body (spec/k8s-audit.md §12.5). */
export function accept(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': 0 });
  response.end();
}

/** The rejection's status and headers, with its message as text. */
export function refuse(response: ServerResponse, { status, message, headers }: Rejection): void {
  // The body may not have been read: what comes next on the connection would be its rest.
  if (!response.req.complete) response.setHeader('Connection', 'close');
  response.writeHead(status, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${message}\n`);
}
