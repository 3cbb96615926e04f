import { createHash } from 'node:crypto';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { unreachable } from '../../util/assert.ts';
import type { LookAhead } from './ahead/look-ahead.ts';
import { RunBytes } from './ahead/run-bytes.ts';
import type { ScannedRun } from './ahead/stretch.ts';
import { guardHolds } from './evidence.ts';
import { FileOutput, type OutputSettings } from './file-output.ts';
import type { FilePosition, Skip } from './file-position.ts';
import type { FollowedFile } from './followed-file.ts';
import { frames, maxFrameLines, type Frame, type Unwrapping } from './frames.ts';
import { firstLines, maxBatchLines, plainEnd } from './plain-lines.ts';
import { positionAt } from './position-at.ts';
import { readAt } from './read-at.ts';
import type { Chunk, ReadBuffer } from './read-buffer.ts';
import { skippedLength } from './skipped-length.ts';

/**
 * Bounds of a unit beside its 50 ms and 4,096 records (design §3). Every unit waits for the disk once, so they are
 * so wide that time decides: the scanner sees 64 MiB in 50 ms.
 */
const maxUnitLines = 32_768;
const maxUnitBytes = 67_108_864;
const shaBytes = 256;
const newline = 10;
const byteOrderMark = Buffer.from('\uFEFF');

export interface ReadSettings extends OutputSettings {
  /** Holds at least the longest line and its line end. */
  readonly buffer: ReadBuffer;
  /** Knows what comes, if there is any. */
  readonly ahead?: LookAhead | undefined;
  /** How lines are unwrapped; undefined: they are events as they stand. */
  readonly unwrapping?: Unwrapping | undefined;
}

/** One unit of work on one file: reads on from its position and hands on what it finds. Made for one use. */
export class UnitReader {
  readonly #settings: ReadSettings;
  readonly #file: FollowedFile;
  readonly #work: UnitOfWork;
  readonly #output: FileOutput;
  #offset: number;
  #skip: Skip | null;

  constructor(settings: ReadSettings, file: FollowedFile, work: UnitOfWork) {
    this.#settings = settings;
    this.#file = file;
    this.#work = work;
    this.#output = new FileOutput(settings, file, work);
    this.#offset = file.position.offset;
    this.#skip = file.position.skip;
  }

  get lines(): number {
    return this.#output.lines;
  }

  /** True if there is something to commit. */
  get hasMoved(): boolean {
    const { offset, skip } = this.#file.position;
    return this.#offset !== offset || this.#skip !== skip;
  }

  /** Reads whole lines until the unit is full or none is left. Rejects with the error of whoever refused. */
  async read(): Promise<void> {
    const { buffer, ahead } = this.#settings;
    const { size } = this.#file;
    try {
      while (this.#offset < size && !this.#isFull()) {
        const next = this.#file.isArchive ? undefined : await ahead?.next(this.#file, this.#offset);
        const goesOn =
          next?.kind === 'run'
            ? await this.#takeRun(next.run)
            : await this.#readUntil(Math.min(size, next?.until ?? size));
        if (!goesOn) return;
      }
    } finally {
      buffer.shrink();
    }
  }

  /** Hands on what one read gives of the bytes before offset `end`. False if that is no whole line. */
  async #readUntil(end: number): Promise<boolean> {
    const { buffer } = this.#settings;
    const before = this.#offset;
    const chunk = buffer.read(this.#file.bytes, before, end - before);
    const { length } = chunk.bytes;
    if (length === 0 || !this.isAsItWas()) return false;
    await this.#take(chunk);
    // No whole line: there is no more yet, or the line is longer than what one read gives.
    return this.#offset > before || (before + length < end && buffer.grow());
  }

  /**
   * True if what was read before this unit still stands there. The file may have been emptied and have grown again since
   * it was looked at (spec/reliability.md W5): then nothing of it follows what was read.
   */
  isAsItWas(): boolean {
    const { isArchive, bytes, position } = this.#file;
    return isArchive || guardHolds(bytes, position.evidence);
  }

  /** Hands on what a thread has scanned. */
  async #takeRun(run: ScannedRun): Promise<boolean> {
    await this.#output.deliverScanned(run, new RunBytes(this.#file.fd, run, this.#settings.buffer));
    this.#offset = run.start + run.length;
    return true;
  }

  /** Ends the stream. What stands behind the last newline is taken as a line, or left where it is. */
  async finish(rest: 'take' | 'leave'): Promise<void> {
    if (rest === 'take') await this.#takeRest();
    await this.#output.end(this.#offset);
  }

  /** Counts what was read; gives the position behind it, to be stored. */
  settle(): FilePosition {
    const { position, path, size, isOpen } = this.#file;
    this.#output.settle(this.#offset - position.offset);
    if (!this.hasMoved || !isOpen) return { ...position, path };
    const moved = positionAt(this.#file, this.#offset, this.#skip);
    // Asked last: with the evidence as it was, the next look at the file tells that it was overwritten.
    return this.isAsItWas() ? moved : { ...position, path, offset: this.#offset, size, skip: this.#skip };
  }

  /** True if what comes next might not fit any more. */
  #isFull(): boolean {
    // A unit that has moved nothing yet goes on for as long as its first line takes: given up, it would begin anew.
    if (!this.hasMoved) return false;
    const bytes = this.#offset - this.#file.position.offset;
    // What threads have scanned is taken as a whole.
    const most = this.#settings.ahead === undefined ? maxFrameLines : maxBatchLines;
    return (
      this.#output.lines + most > maxUnitLines ||
      bytes + this.#settings.buffer.size > maxUnitBytes ||
      this.#work.isFull()
    );
  }

  /** Hands on what is complete in `chunk`, which begins at the offset, and moves the offset behind it. */
  async #take({ bytes, memory }: Chunk): Promise<void> {
    const start = this.#offset;
    if (start === 0 && isWide(bytes)) {
      this.#skip = { kind: 'foreign', from: 0, sha: '' };
      this.#offset = bytes.length;
      await this.#output.announceEncoding();
      return;
    }
    if (this.#skip) await this.#skipOn(this.#skip, bytes);
    if (this.#offset === 0 && byteOrderMark.equals(bytes.subarray(0, byteOrderMark.length))) {
      this.#offset = byteOrderMark.length;
    }
    const all = await this.#takeBody({ bytes: bytes.subarray(this.#offset - start), memory });
    if (all) this.#beginSkip(bytes.subarray(this.#offset - start));
  }

  /** Hands on what begins where a line does, until the unit is full. True if it came to the end of it. */
  #takeBody({ bytes, memory }: Chunk): Promise<boolean> {
    const { unwrapping, maxLine } = this.#settings;
    if (unwrapping) return this.#takeFrames({ bytes, memory }, unwrapping.frames(bytes));
    const end = plainEnd(bytes, maxLine);
    return end === undefined
      ? this.#takeFrames({ bytes, memory }, frames(bytes, maxLine))
      : this.#takeLines({ bytes: bytes.subarray(0, end), memory });
  }

  /** Hands on lines, until the unit is full. True if it came to their end. */
  async #takeLines({ bytes, memory }: Chunk): Promise<boolean> {
    const base = this.#offset;
    for (let from = 0; from < bytes.length;) {
      const room = Math.min(maxBatchLines, maxUnitLines - this.#output.lines);
      const { end, size } = firstLines(bytes.subarray(from), room);
      await this.#output.deliver({
        bytes: bytes.subarray(from, from + end),
        memory,
        start: base + from,
        size,
      });
      from += end;
      this.#offset = base + from;
      if (this.#isFull()) return false;
    }
    return true;
  }

  /** Hands on the frames of a chunk, until the unit is full. True if it came to the last of them. */
  async #takeFrames(chunk: Chunk, found: Iterable<Frame>): Promise<boolean> {
    const base = this.#offset;
    for (const frame of found) {
      this.#offset = base + (await this.#deliver(chunk, frame, base));
      // What takes no room stands among other lines, whose frame follows.
      if (frame.end > frame.start && this.#isFull()) return false;
    }
    return true;
  }

  /** Hands on one frame of a chunk, which begins at `base`; returns how far, counted from there, it came. */
  async #deliver({ bytes, memory }: Chunk, frame: Frame, base: number): Promise<number> {
    const { start, end } = frame;
    switch (frame.kind) {
      case 'lines':
        await this.#output.deliver({
          bytes: bytes.subarray(start, end),
          memory,
          start: base + start,
          spans: frame.spans,
          size: frame.spans.length / 2,
        });
        return end;
      case 'torn':
        await this.#output.deliverTorn(bytes.subarray(start, end), base + start);
        return end;
      case 'oversize': {
        const sha = shaOf(bytes.subarray(start, start + Math.min(frame.length, shaBytes)));
        await this.#output.announceOversize({ offset: base + start, length: frame.length, sha });
        return end;
      }
      case 'nul':
        await this.#output.announceNulRun({
          offset: base + start,
          length: end - start,
          sha: this.#shaBefore(base + start),
        });
        return end;
      case 'document':
        await this.#output.deliverDocument(bytes.subarray(start, end), base + start, frame.unpacked);
        return end;
      default:
        return unreachable(frame);
    }
  }

  async #takeRest(): Promise<void> {
    const { buffer } = this.#settings;
    const { size, isOpen } = this.#file;
    if (this.#skip) await this.#endSkip(this.#skip, this.#offset);
    if (!isOpen || this.#offset >= size) return;
    while (buffer.size < size - this.#offset && buffer.grow());
    const { bytes: rest } = buffer.read(this.#file.bytes, this.#offset, size - this.#offset);
    await this.#deliverRest(rest);
    this.#offset += rest.length;
    buffer.shrink();
  }

  async #deliverRest(rest: Buffer): Promise<void> {
    const { unwrapping } = this.#settings;
    const base = this.#offset;
    if (unwrapping === undefined) return this.#output.deliverTorn(rest, base);
    const bytes = Buffer.concat([rest, Buffer.from('\n')]);
    for (const frame of unwrapping.frames(bytes, true)) {
      await this.#deliver({ bytes, memory: undefined }, frame, base);
    }
  }

  /** `rest` is not complete. If it will not be within the limits, skipping begins. */
  #beginSkip(rest: Uint8Array): void {
    const kind = rest[0] === 0 ? 'nul' : 'oversize';
    // One byte more than a line may have can still be the "\r" of its line end.
    const longest = this.#settings.unwrapping?.longest ?? this.#settings.maxLine;
    if (rest.length === 0 || (kind === 'oversize' && rest.length <= longest + 1)) return;
    const sha = kind === 'nul' ? this.#shaBefore(this.#offset) : shaOf(rest.subarray(0, shaBytes));
    this.#skip = { kind, from: this.#offset, sha };
    this.#offset += rest.length;
  }

  /** Moves the offset to where the skipping ends, or behind `chunk`. */
  async #skipOn(skip: Skip, chunk: Uint8Array): Promise<void> {
    const length = skippedLength(skip, chunk);
    const endsLine = skip.kind === 'oversize' && chunk[length] === newline;
    if (length < chunk.length) await this.#endSkip(skip, this.#offset + length);
    this.#offset += length + (endsLine ? 1 : 0);
  }

  async #endSkip({ kind, from, sha }: Skip, end: number): Promise<void> {
    this.#skip = null;
    const skipped = { offset: from, length: end - from, sha };
    if (kind === 'nul') await this.#output.announceNulRun(skipped);
    else if (kind === 'oversize') await this.#output.announceOversize(skipped);
  }

  /** Of the bytes before `offset`, which do not change any more. */
  #shaBefore(offset: number): string {
    const bytes = new Uint8Array(Math.min(shaBytes, offset));
    return shaOf(bytes.subarray(0, readAt(this.#file.bytes, bytes, offset - bytes.length)));
  }
}

/** True if a byte order mark of UTF-16 stands at the beginning, of either order. */
const isWide = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
