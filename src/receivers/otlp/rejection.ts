import { statusCodes } from '../../otlp/status.ts';

/** A request that is not taken: its HTTP status, its google.rpc code, and what the sender should know. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly status: number;
  readonly code: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: keyof typeof statusCodes,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = statusCodes[code];
    this.headers = headers;
  }
}

/** 413: the same request will never be taken. */
export function tooLarge(message: string): Rejection {
  return new Rejection(413, 'resourceExhausted', message);
}

/** 503: the sender should send it again, a second later at the earliest. */
export function unavailable(message: string): Rejection {
  return new Rejection(503, 'unavailable', message, { 'Retry-After': '1' });
}
