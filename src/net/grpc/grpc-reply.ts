import type { IncomingHttpHeaders } from 'node:http2';
import { prefixBytes } from './frame.ts';
import { decodeStatusText } from './status-text.ts';

/** How a call ended. */
export interface GrpcReply {
  /** The status of gRPC: 0 is success. */
  readonly code: number;
  readonly message: string;
  /** A google.rpc.Status with more about it, in protobuf; undefined if none came. */
  readonly details: Buffer | undefined;
  /** What came as the answer, with its prefix; it may be cut off. */
  readonly body: Buffer;
}

/** The status that an answer without one stands for, by its HTTP status (gRPC, "HTTP to gRPC Status Code Mapping"). */
const codeOfHttp: Readonly<Record<number, number>> = {
  400: 13,
  401: 16,
  403: 7,
  404: 12,
  // Not of that table: a proxy that finds the message too large says it like this.
  413: 8,
  429: 14,
  502: 14,
  503: 14,
  504: 14,
};
const unknown = 2;

/**
 * What an answer says; undefined if it broke off before it said how the call ended. A server that sends a message has
 * taken the call, so an answer that is cut off behind one is a success (spec/reliability.md W21).
 */
export function readReply(
  headers: IncomingHttpHeaders,
  trailers: IncomingHttpHeaders,
  body: Buffer,
): GrpcReply | undefined {
  const http = Number(headers[':status'] ?? 0);
  if (http === 0) return undefined;
  // A call that fails at once has its status among the headers.
  const last = trailers['grpc-status'] === undefined ? headers : trailers;
  const status = textOf(last['grpc-status']);
  if (status !== undefined) {
    const details = textOf(last['grpc-status-details-bin']);
    return {
      code: /^\d{1,2}$/.test(status) ? Number(status) : unknown,
      message: decodeStatusText(textOf(last['grpc-message']) ?? ''),
      details: details === undefined ? undefined : Buffer.from(details, 'base64'),
      body,
    };
  }
  if (http !== 200) {
    const message = `HTTP status ${http}; is it a gRPC server?`;
    return { code: codeOfHttp[http] ?? unknown, message, details: undefined, body };
  }
  if (!/^application\/grpc(?:[+;]|$)/i.test(headers['content-type'] ?? '')) {
    const message = 'HTTP status 200, and no status of gRPC; is it a gRPC server?';
    return { code: unknown, message, details: undefined, body };
  }
  return body.length < prefixBytes ? undefined : { code: 0, message: '', details: undefined, body };
}

const textOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value;
