import { assert } from '../util/assert.ts';
import type { Batch, Position } from './batch.ts';
import type { Line } from './line.ts';
import { noResource, type LogRecord, type Resource } from './record.ts';
import { recordLine } from './record-line.ts';

/** Records that are ready: what a detection found, what a receiver announces. */
export class RecordBatch implements Batch {
  readonly size: number;
  readonly resource: Resource;
  readonly source: string;
  readonly position: Position;
  /** Each record has its own. */
  readonly attributes = {};
  readonly last = false;
  readonly #records: readonly LogRecord[];

  /** All `records` are of one resource. `position` is that of the stream they come from. */
  constructor(records: readonly LogRecord[], source: string, position: Position) {
    this.#records = records;
    this.size = records.length;
    this.resource = records[0]?.resource ?? noResource;
    this.source = source;
    this.position = position;
  }

  /** The body as text: see `recordLine`. */
  line(index: number): Line {
    return recordLine(this.record(index), this.position.offset);
  }

  record(index: number): LogRecord {
    const record = this.#records[index];
    assert(record, `no record ${index}`);
    return record;
  }

  eventName(index: number): string {
    return this.record(index).eventName;
  }
}
