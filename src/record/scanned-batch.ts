import type { Batch, Position } from './batch.ts';
import { DecodedLine, type Line } from './line.ts';
import type { LineBatch } from './line-batch.ts';
import type { LogRecord, Resource } from './record.ts';
import type { ScannedLines } from './scanned-lines.ts';
import type { Attributes } from './value.ts';

/** The lines of one stretch of a stream that a thread has scanned, and how to come by their bytes. */
export interface ScannedBatchOptions {
  readonly stream: string;
  /** Path of the file, for messages. */
  readonly source: string;
  /** Offset in the stream of the first byte, and how many bytes there are. */
  readonly start: number;
  readonly length: number;
  readonly scan: ScannedLines;
  readonly resource: Resource;
  /** As `Batch` has them. */
  readonly attributes: Attributes;
  /** Reads the bytes from offset `from` to `to` of the lines. Throws if they are not what was scanned. */
  readonly read: (from: number, to: number) => Uint8Array;
  /** Reads all of them, as a batch of the same lines. Throws likewise. */
  readonly readAll: () => LineBatch;
}

/** Lines that were scanned where they lie: their bytes are read when somebody asks for them, which is seldom. */
export class ScannedBatch implements Batch {
  readonly resource: Resource;
  readonly attributes: Attributes;
  readonly source: string;
  readonly position: Position;
  readonly last = false;
  /** How many bytes its lines are. */
  readonly length: number;
  readonly scan: ScannedLines;
  readonly #start: number;
  readonly #returns: ReadonlySet<number>;
  readonly #read: (from: number, to: number) => Uint8Array;
  readonly #readAll: () => LineBatch;
  #whole: LineBatch | undefined;

  constructor(options: ScannedBatchOptions) {
    const { stream, start, length, scan } = options;
    this.resource = options.resource;
    this.attributes = options.attributes;
    this.source = options.source;
    this.position = { stream, offset: start + length };
    this.length = length;
    this.scan = scan;
    this.#start = start;
    this.#returns = new Set(scan.returns);
    this.#read = options.read;
    this.#readAll = options.readAll;
  }

  get size(): number {
    return this.scan.lines;
  }

  /** The same lines with their bytes. */
  get whole(): LineBatch {
    return (this.#whole ??= this.#readAll());
  }

  line(index: number): Line {
    return this.whole.line(index);
  }

  /** One of the lines that `scan` names, by its start and its end. */
  lineAt(from: number, to: number): Line {
    if (this.#whole !== undefined) return this.#whole.lineAt(from, to);
    return new DecodedLine(this.#read(from, to), this.endOf(to));
  }

  /** Offset in the stream of the byte behind the line end of such a line, which begins at `to`. */
  endOf(to: number): number {
    return this.#start + to + (this.#returns.has(to) ? 2 : 1);
  }

  record(index: number): LogRecord {
    return this.whole.record(index);
  }

  eventName(): string {
    return '';
  }
}
