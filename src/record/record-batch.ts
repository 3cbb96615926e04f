import { assert } from '../util/assert.ts';
import type { Batch, Position } from './batch.ts';
import { DecodedLine, type Line } from './line.ts';
import { noResource, type LogRecord, type Resource } from './record.ts';
import { toJson } from './to-json.ts';

const encoder = new TextEncoder();

/** Records that are ready: what came by OTLP, what a detection found, what a receiver announces. */
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

  /**
   * The body as text: as it is, as UTF-8 if it is bytes, as JSON if it is a map or a list. There a key stands once,
   * 64-bit integers have all their digits, and what JSON has no number for (NaN, infinities) is null.
   */
  line(index: number): Line {
    const { body } = this.record(index);
    const bytes =
      body instanceof Uint8Array ? body : encoder.encode(typeof body === 'string' ? body : toJson(body));
    return new DecodedLine(bytes, this.position.offset);
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
