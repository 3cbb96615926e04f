/** What a receiver makes of the body of one request. */
export interface Posted {
  /** What tells it from others: a request with the same one counts once. A hash of what the body holds. */
  readonly digest: string;
  /** Its events as lines, in order; asked for once, and perhaps found only then. Views are valid until the next one. */
  events(): Iterable<Buffer>;
  /** As a clause, why not all of the body could be read; undefined if it could. Complete behind the last event. */
  readonly problem: string | undefined;
}

/** Reads a body that was sent whole, and is unpacked. Never throws: a body without any event has a problem at most. */
export type ReadBody = (body: Buffer) => Posted;
