import { assert } from '../../../util/assert.ts';
import type { Batch, Position } from '../../../record/batch.ts';
import { DecodedLine, type Line } from '../../../record/line.ts';
import type { LineBatchOptions } from '../../../record/line-batch.ts';
import { logRecord, type LogRecord, type Resource } from '../../../record/record.ts';
import type { Time } from '../../../record/time.ts';
import type { Attributes } from '../../../record/value.ts';

type UnpackedBatchOptions = Pick<
  LineBatchOptions,
  'stream' | 'source' | 'resource' | 'attributes' | 'observedTime'
> & {
  readonly events: readonly Buffer[];
  /** How many events the document has before these. */
  readonly before: number;
  /** Where in the stream the document begins, and how long it is. */
  readonly start: number;
  readonly length: number;
};

/**
 * Events of one document as lines. They have no place of their own in the stream: the n-th ends n bytes behind the
 * beginning of its document, and none behind its end, so that ends are in order and reading again gives the same.
 */
export class UnpackedBatch implements Batch {
  readonly resource: Resource;
  readonly attributes: Attributes;
  readonly source: string;
  readonly position: Position;
  readonly last = false;
  readonly #events: readonly Buffer[];
  readonly #endOf: (index: number) => number;
  readonly #observedTime: Time;

  constructor({ events, before, start, length, ...options }: UnpackedBatchOptions) {
    this.resource = options.resource;
    this.attributes = options.attributes;
    this.source = options.source;
    this.#events = events;
    this.#endOf = (index) => start + Math.min(before + index + 1, length);
    this.position = { stream: options.stream, offset: this.#endOf(events.length - 1) };
    this.#observedTime = options.observedTime;
  }

  get size(): number {
    return this.#events.length;
  }

  line(index: number): Line {
    const event = this.#events[index];
    assert(event !== undefined, `no line ${index}`);
    return new DecodedLine(event, this.#endOf(index));
  }

  record(index: number): LogRecord {
    const { resource, attributes } = this;
    const body = this.line(index).text;
    return logRecord({ observedTime: this.#observedTime, resource, attributes, body });
  }

  eventName(): string {
    return '';
  }
}
