import { closeSync } from 'node:fs';
import type { BatchMemory } from '../../../record/batch-memory.ts';
import type { ScannedLines } from '../../../record/scanned-lines.ts';
import { openLog } from '../open-log.ts';
import { firstLines, maxBatchLines, plainEnd } from '../plain-lines.ts';
import { ReadBuffer } from '../read-buffer.ts';
import { SourceError } from '../read-at.ts';
import type { ScannedRun, Stretch } from './stretch.ts';

/** Scans whole lines in memory, which begin at offset `start` of the file; undefined if it cannot. */
export type ScanLines = (
  bytes: { readonly memory: BatchMemory; readonly offset: number; readonly length: number },
  start: number,
  open: readonly number[],
) => ScannedLines | undefined;

/**
 * What a thread does: reads stretches and has their lines scanned. It takes the plain ones only, from the first line
 * that begins in a stretch to the last that ends in it; all others it leaves to the receiver, which knows what to do
 * with a line over the edge, a long one, NULs, and files that cannot be read.
 */
export class StretchReader {
  readonly #maxLine: number;
  readonly #scan: ScanLines;
  readonly #buffer = new ReadBuffer(0);
  #open: { readonly path: string; readonly inode: string; readonly fd: number } | undefined;

  constructor(maxLine: number, scan: ScanLines) {
    this.#maxLine = maxLine;
    this.#scan = scan;
  }

  /** Runs in order, with gaps where it left something out. */
  read(stretch: Stretch): readonly ScannedRun[] {
    try {
      const fd = this.#fdOf(stretch);
      return fd === undefined ? [] : [...this.#runs(fd, stretch)];
    } catch (error) {
      if (error instanceof SourceError) return [];
      throw error;
    }
  }

  close(): void {
    if (this.#open !== undefined) closeSync(this.#open.fd);
    this.#open = undefined;
  }

  #fdOf({ path, inode }: Stretch): number | undefined {
    if (this.#open?.path === path && this.#open.inode === inode) return this.#open.fd;
    this.close();
    const opened = openLog(path);
    if (opened === undefined) return undefined;
    this.#open = { path, inode: opened.facts.inode, fd: opened.fd };
    return opened.facts.inode === inode ? opened.fd : undefined;
  }

  *#runs(fd: number, { from, to, open }: Stretch): Generator<ScannedRun, void> {
    let isLineStart = false;
    for (let at = from; at < to;) {
      const { bytes, memory } = this.#buffer.read(fd, at, to - at);
      if (bytes.length === 0 || memory === undefined) return;
      const first = isLineStart ? 0 : bytes.indexOf(lineFeed) + 1;
      const body = bytes.subarray(first);
      const end: number = isLineStart || first > 0 ? (plainEnd(body, this.#maxLine) ?? 0) : 0;
      yield* this.#cut(body.subarray(0, end), memory, at + first, open);
      // No whole line, or not only plain ones: where the next one begins is to be found out anew.
      isLineStart = end > 0;
      at += isLineStart ? first + end : bytes.length;
    }
  }

  *#cut(
    bytes: Buffer,
    memory: BatchMemory,
    start: number,
    open: readonly number[],
  ): Generator<ScannedRun, void> {
    for (let from = 0; from < bytes.length;) {
      const length = firstLines(bytes.subarray(from), maxBatchLines).end;
      const scan = this.#scan({ memory, offset: bytes.byteOffset + from, length }, start + from, open);
      if (scan !== undefined) yield { start: start + from, length, scan };
      from += length;
    }
  }
}

const lineFeed = 10;
