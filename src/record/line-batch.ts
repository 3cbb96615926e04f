import { assert } from '../util/assert.ts';
import type { BatchMemory } from './batch-memory.ts';
import type { Batch, Position } from './batch.ts';
import { isBlank } from './blank.ts';
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
  /** The memory that `bytes` lie in, if it is one; at least 128 readable bytes follow them. */
  readonly memory?: BatchMemory | undefined;
  /** `lineSpans(bytes)`, if the caller knows it. */
  readonly spans?: readonly number[] | undefined;
  /** How many lines there are, if the caller knows it. */
  readonly size?: number;
  /** Offset in the stream of the first byte of `bytes`. */
  readonly start: number;
  readonly resource: Resource;
  /** As `Batch` has them. */
  readonly attributes: Attributes;
  readonly observedTime: Time;
  readonly last?: boolean;
}

/** Lines as they were read: bytes until somebody asks for more. Blank ones are none. */
export class LineBatch implements Batch {
  readonly resource: Resource;
  readonly attributes: Attributes;
  readonly source: string;
  readonly position: Position;
  readonly last: boolean;
  /** Whole lines, each ended by `\n`, blank ones among them. A Buffer, as it searches many times faster. */
  readonly bytes: Buffer;
  /** The memory that `bytes` lie in, at `bytes.byteOffset`; undefined if they lie somewhere else. */
  readonly memory: BatchMemory | undefined;
  /** Offset in the stream of the first byte. */
  readonly start: number;
  readonly #observedTime: Time;
  #spans: readonly number[] | undefined;
  #size: number | undefined;

  constructor(options: LineBatchOptions) {
    const { bytes, start } = options;
    this.bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    this.memory = options.memory;
    this.start = start;
    this.resource = options.resource;
    this.attributes = options.attributes;
    this.source = options.source;
    this.position = { stream: options.stream, offset: start + bytes.length };
    this.last = options.last ?? false;
    this.#observedTime = options.observedTime;
    this.#spans = options.spans;
    this.#size = options.size;
  }

  get size(): number {
    return (this.#size ??= this.#lineSpans.length / 2);
  }

  line(index: number): Line {
    const from = this.#lineSpans[index * 2];
    const to = this.#lineSpans[index * 2 + 1];
    assert(from !== undefined && to !== undefined, `no line ${index}`);
    return this.lineAt(from, to);
  }

  /** The line whose bytes, without its line end, are those from `from` to `to` (exclusive). */
  lineAt(from: number, to: number): Line {
    return new DecodedLine(this.bytes.subarray(from, to), this.endOf(to));
  }

  /** Offset in the stream of the byte behind the line end that begins at `to`. */
  endOf(to: number): number {
    return this.start + (this.bytes[to] === carriageReturn ? to + 2 : to + 1);
  }

  record(index: number): LogRecord {
    const { resource, attributes } = this;
    return logRecord({
      observedTime: this.#observedTime,
      resource,
      attributes,
      body: this.line(index).text,
    });
  }

  eventName(): string {
    return '';
  }

  get #lineSpans(): readonly number[] {
    return (this.#spans ??= lineSpans(this.bytes));
  }
}

const carriageReturn = 13;
const lineFeed = 10;

/**
 * Where in `bytes` each line starts and ends (without `\r` and `\n`), two numbers a line; blank lines are left out, and
 * so is what follows the last `\n`.
 */
export function lineSpans(bytes: Uint8Array): number[] {
  const spans: number[] = [];
  for (let from = 0, newline; (newline = bytes.indexOf(lineFeed, from)) !== -1; from = newline + 1) {
    const to = lineEnd(bytes, from, newline);
    if (!isBlank(bytes, from, to)) spans.push(from, to);
  }
  return spans;
}

/** Where the line from `from` to the `\n` at `newline` ends: there, or at the `\r` before it. */
export const lineEnd = (bytes: Uint8Array, from: number, newline: number): number =>
  newline > from && bytes[newline - 1] === carriageReturn ? newline - 1 : newline;
