import { assert } from '../util/assert.ts';
import type { Batch, Position } from './batch.ts';
import { DecodedLine, type Line } from './line.ts';
import { logRecord, type LogRecord, type Resource } from './record.ts';
import type { Time } from './time.ts';
import type { Attributes } from './value.ts';

/** The lines of one stretch of a stream. */
export interface LineBatchOptions {
  readonly stream: string;
  /** Path of the file, for messages. */
  readonly source: string;
  /** Whole lines, each ended by `\n`. */
  readonly bytes: Uint8Array;
  /** Where in `bytes` each line starts and ends (without `\r` and `\n`), two numbers a line; blank lines left out. */
  readonly spans: readonly number[];
  /** Offset in the stream of the first byte of `bytes`. */
  readonly start: number;
  readonly resource: Resource;
  /** As `Batch` has them. */
  readonly attributes: Attributes;
  readonly observedTime: Time;
  readonly last?: boolean;
}

/** Lines as they were read: bytes until somebody asks for more. */
export class LineBatch implements Batch {
  readonly size: number;
  readonly resource: Resource;
  readonly attributes: Attributes;
  readonly source: string;
  readonly position: Position;
  readonly last: boolean;
  readonly #options: LineBatchOptions;

  constructor(options: LineBatchOptions) {
    this.#options = options;
    this.size = options.spans.length / 2;
    this.resource = options.resource;
    this.attributes = options.attributes;
    this.source = options.source;
    this.position = { stream: options.stream, offset: options.start + options.bytes.length };
    this.last = options.last ?? false;
  }

  line(index: number): Line {
    const { bytes, spans, start } = this.#options;
    const from = spans[index * 2];
    const to = spans[index * 2 + 1];
    assert(from !== undefined && to !== undefined, `no line ${index}`);
    const newline = bytes[to] === 13 ? to + 2 : to + 1;
    return new DecodedLine(bytes.subarray(from, to), start + newline);
  }

  record(index: number): LogRecord {
    const { resource, attributes } = this;
    const { observedTime } = this.#options;
    return logRecord({ observedTime, resource, attributes, body: this.line(index).text });
  }

  eventName(): string {
    return '';
  }
}

/** The spans of the lines of `bytes` that are not blank; what follows the last `\n` is left out. */
export function lineSpans(bytes: Uint8Array): number[] {
  const spans: number[] = [];
  for (let from = 0, newline; (newline = bytes.indexOf(10, from)) !== -1; from = newline + 1) {
    const to = bytes[newline - 1] === 13 && newline > from ? newline - 1 : newline;
    if (to > from) spans.push(from, to);
  }
  return spans;
}
