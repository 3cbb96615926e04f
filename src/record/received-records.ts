import type { LogRecord, Resource } from './record.ts';

/**
 * Records of one resource as they were sent to us, known to be valid. They lie in the request, which is not kept for
 * long, and are read each time that somebody asks: of most of them nobody wants more than the text.
 */
export interface ReceivedRecords {
  readonly size: number;
  readonly resource: Resource;
  eventName(index: number): string;
  /** The body in UTF-8, in the memory of the request; undefined if it is no text, or none that UTF-8 can hold. */
  text(index: number): Uint8Array | undefined;
  /** A record of its own. An observed time that the sender left out is 0. */
  record(index: number): LogRecord;
}
