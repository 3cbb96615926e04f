/** A request that is not taken: its HTTP status, what the sender should know, and headers of the answer. */
export class Rejection extends Error {
  override readonly name = 'Rejection';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** 413: the same request will never be taken. */
export function tooLarge(message: string): Rejection {
  return new Rejection(413, message);
}

/** 503: the sender should send it again, a second later at the earliest. */
export function unavailable(message: string): Rejection {
  return new Rejection(503, message, { 'Retry-After': '1' });
}
