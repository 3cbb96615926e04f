import type { Batch, Position } from './batch.ts';
import { DecodedLine, type Line } from './line.ts';
import type { ReceivedRecords } from './received-records.ts';
import { recordLine } from './record-line.ts';
import type { LogRecord, Resource } from './record.ts';
import type { Time } from './time.ts';

/** Where records come from, and when. */
interface Arrival {
  readonly source: string;
  readonly position: Position;
  /** The observed time of records whose sender left it to us. */
  readonly now: Time;
}

/** Records as they were sent to us; each is read when somebody asks for it, which is seldom. */
export class ReceivedBatch implements Batch {
  readonly size: number;
  readonly resource: Resource;
  readonly source: string;
  readonly position: Position;
  /** Each record has its own. */
  readonly attributes = {};
  readonly last = false;
  readonly #received: ReceivedRecords;
  readonly #now: Time;

  constructor(received: ReceivedRecords, { source, position, now }: Arrival) {
    this.size = received.size;
    this.resource = received.resource;
    this.source = source;
    this.position = position;
    this.#received = received;
    this.#now = now;
  }

  /** The body as text: see `recordLine`. */
  line(index: number): Line {
    const { offset } = this.position;
    const text = this.#received.text(index);
    return text === undefined ? recordLine(this.record(index), offset) : new DecodedLine(text, offset);
  }

  record(index: number): LogRecord {
    const record = this.#received.record(index);
    return record.observedTime === 0n ? { ...record, observedTime: this.#now } : record;
  }

  eventName(index: number): string {
    return this.#received.eventName(index);
  }
}
