import type { Unpacked } from '../../envelope/unpacked.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import type { Batch } from '../../record/batch.ts';
import { hashOf } from '../../record/hash.ts';
import { LineBatch, type LineBatchOptions } from '../../record/line-batch.ts';
import { noticeRecord, type Notice } from '../../record/notice.ts';
import { RecordBatch } from '../../record/record-batch.ts';
import type { Resource } from '../../record/record.ts';
import { ScannedBatch } from '../../record/scanned-batch.ts';
import type { Attributes } from '../../record/value.ts';
import { count } from '../../store/counter.ts';
import type { RunBytes } from './ahead/run-bytes.ts';
import type { ScannedRun } from './ahead/stretch.ts';
import { eventRuns } from './envelope/event-runs.ts';
import { UnpackedBatch } from './envelope/unpacked-batch.ts';
import {
  encodingNotice,
  nulRunNotice,
  oversizeNotice,
  unreadableNotice,
  type Skipped,
} from './file-notices.ts';
import type { FollowedFile } from './followed-file.ts';

/** What all files of a receiver have in common downstream. */
export interface OutputSettings {
  readonly receiver: string;
  readonly next: Consumer;
  readonly resource: Resource;
  /** What every record of the file at `path` carries. */
  readonly attributesOf: (path: string) => Attributes;
  /** The longest line in bytes, without its line end. */
  readonly maxLine: number;
}

/** Whole lines, as a `LineBatch` has them; `size`: how many are not blank. */
export type Delivery = Pick<LineBatchOptions, 'bytes' | 'memory' | 'spans' | 'start'> & {
  readonly size: number;
};

/** Hands on what one unit of work finds in one file, and counts it. Offsets are those of the file. */
export class FileOutput {
  readonly #settings: OutputSettings;
  readonly #file: FollowedFile;
  readonly #work: UnitOfWork;
  /** What all batches of the file have in common. */
  readonly #common: Pick<LineBatchOptions, 'stream' | 'source' | 'resource' | 'attributes'>;
  #lines = 0;
  #oversize = 0;
  #unreadable = 0;

  constructor(settings: OutputSettings, file: FollowedFile, work: UnitOfWork) {
    this.#settings = settings;
    this.#file = file;
    this.#work = work;
    const { id: stream, path: source } = file;
    this.#common = { stream, source, resource: settings.resource, attributes: settings.attributesOf(source) };
  }

  /** Lines so far, with those that were too long. */
  get lines(): number {
    return this.#lines;
  }

  async deliver(lines: Delivery): Promise<void> {
    if (lines.size > 0) await this.#hand(lines, false);
  }

  /** Whole lines that a thread has scanned; `bytes` are theirs. */
  async deliverScanned({ start, length, scan }: ScannedRun, bytes: RunBytes): Promise<void> {
    if (scan.lines === 0) return;
    const read = (from: number, to: number): Uint8Array => bytes.line(from, to);
    const readAll = (): LineBatch => this.#batchOf({ ...bytes.all(), start, size: scan.lines }, false);
    await this.#consume(new ScannedBatch({ ...this.#common, start, length, scan, read, readAll }));
  }

  /** One line without a newline; a copy of it gets one. */
  async deliverTorn(line: Uint8Array, start: number): Promise<void> {
    const bytes = Buffer.concat([line, Buffer.from('\n')]);
    await this.#hand({ bytes, start, spans: [0, line.length], size: 1 }, false);
  }

  /** What a document holds, and that not all of it could be read; `bytes` are its own, from offset `start` on. */
  async deliverDocument(bytes: Uint8Array, start: number, unpacked: Unpacked): Promise<void> {
    const { length } = bytes;
    const observedTime = this.#work.now;
    let before = 0;
    for (const events of eventRuns(unpacked.events())) {
      await this.#consume(
        new UnpackedBatch({ ...this.#common, observedTime, events, before, start, length }),
      );
      before += events.length;
    }
    const { problem } = unpacked;
    if (problem === undefined) return;
    this.#unreadable++;
    const document = { offset: start, length, sha: hashOf(bytes) };
    await this.#announce(document, unreadableNotice(this.#file.path, document, problem));
  }

  /** Nothing more will come from this file. */
  end(offset: number): Promise<void> {
    return this.#hand({ bytes: new Uint8Array(), start: offset, size: 0 }, true);
  }

  async announceOversize(line: Skipped): Promise<void> {
    this.#lines++;
    this.#oversize++;
    await this.#announce(line, oversizeNotice(this.#file.path, line, this.#settings.maxLine));
  }

  async announceNulRun(run: Skipped): Promise<void> {
    await this.#announce(run, nulRunNotice(this.#file.path, run));
  }

  async announceEncoding(): Promise<void> {
    await this.#announce({ offset: 0, length: 0, sha: '' }, encodingNotice(this.#file.path));
  }

  /** Adds what was handed on, and the `bytes` that were read for it, to the counters of the receiver. */
  settle(bytes: number): void {
    const { state } = this.#work;
    const { receiver } = this.#settings;
    count(state, receiver, 'lines', this.#lines);
    count(state, receiver, 'bytes', bytes);
    count(state, receiver, 'oversize', this.#oversize);
    count(state, receiver, 'unreadable', this.#unreadable);
  }

  async #hand(lines: Delivery, last: boolean): Promise<void> {
    await this.#consume(this.#batchOf(lines, last));
  }

  async #consume(batch: Batch): Promise<void> {
    this.#lines += batch.size;
    await this.#settings.next.consume(batch, this.#work);
  }

  #batchOf({ bytes, memory, spans, size, start }: Delivery, last: boolean): LineBatch {
    const { stream, source, resource, attributes } = this.#common;
    const observedTime = this.#work.now;
    // One by one: to spread them costs more than the batch itself, and there are a thousand batches to a gigabyte.
    return new LineBatch({
      stream,
      source,
      resource,
      attributes,
      bytes,
      memory,
      spans,
      size,
      start,
      observedTime,
      last,
    });
  }

  async #announce(skipped: Skipped, notice: Notice): Promise<void> {
    const { id: stream, path } = this.#file;
    const offset = skipped.offset + skipped.length;
    const record = noticeRecord(notice, this.#settings.resource, this.#work.now);
    await this.#settings.next.consume(new RecordBatch([record], path, { stream, offset }), this.#work);
  }
}
