import type { Line } from './line.ts';
import type { LogRecord, Resource } from './record.ts';
import type { Attributes } from './value.ts';

/** Where a stream stands: everything before `offset` has been handed on. */
export interface Position {
  /** Id of the stream: of one file from its first byte to its last, say. */
  readonly stream: string;
  /** Bytes since the beginning of the stream. */
  readonly offset: number;
}

/**
 * What a receiver hands on at once: whole records of one stream.
 *
 * It has two views. `line(i)` is what a detection reads: the text of the
 * record. `record(i)` is what an exporter ships. Each is made on first use.
 * A batch is valid until `consume` resolves: the bytes may be a buffer that
 * the receiver uses again.
 */
export interface Batch {
  /** Number of records. */
  readonly size: number;
  readonly resource: Resource;
  /** What every record of it carries, such as `log.file.name`. */
  readonly attributes: Attributes;
  /** Where it comes from, for messages: a path, an address. */
  readonly source: string;
  /** The position behind the batch. */
  readonly position: Position;
  /** No further batch of this stream will come: it no longer holds back the watermark. */
  readonly last: boolean;
  line(index: number): Line;
  record(index: number): LogRecord;
  /** The event name of record `index`, without making the record. Lines have none. */
  eventName(index: number): string;
}
