import { readAt, type LogBytes } from '../read-at.ts';
import { GzipMembers, type ArchiveEnd } from './gzip-members.ts';

/** Deflate gives at most 1,032 bytes for one: a piece of the archive never unpacks to more than 8 MiB. */
const pieceBytes = 8_192;
/** What stays readable before the place where reading goes on: all that positions know of it, and more. */
const keptBytes = 4_096;
/** Of the beginning, which every position knows. */
const headBytes = 1_024;

/** What there is to say about an archive that gives nothing more. */
export type UnpackEnd = ArchiveEnd | { readonly kind: 'too large' };

/**
 * The bytes of a log that was compressed, in a window that moves forward over them: only what was read last and what
 * comes next is held, and the beginning. Everything else reads as if it were not there.
 */
export class UnpackedBytes implements LogBytes {
  readonly #fd: number;
  readonly #most: number;
  readonly #members: GzipMembers;
  readonly #head = Buffer.alloc(headBytes);
  #pieces: readonly Buffer[] = [];
  /** Offsets of the first byte of the window, and behind its last. */
  #start = 0;
  #end = 0;
  /** Offset in the archive. */
  #taken = 0;

  /** `most`: how many bytes an archive may have before the rest is left alone. Does not close `fd`. */
  constructor(fd: number, most: number) {
    this.#fd = fd;
    this.#most = most;
    this.#members = new GzipMembers((bytes) => this.#append(bytes));
  }

  /** Offset behind the last byte that was unpacked. */
  get end(): number {
    return this.#end;
  }

  /** How many bytes of the archive were used. */
  get taken(): number {
    return this.#taken;
  }

  /** Why nothing more will come; undefined while something may. */
  get over(): UnpackEnd | undefined {
    return this.#end > this.#most ? { kind: 'too large' } : this.#members.end;
  }

  /** The archive may be at its end: nothing is missing if nothing more is written. */
  get isBetweenMembers(): boolean {
    return this.#members.isBetween;
  }

  /**
   * Unpacks until offset `until`, if the archive goes so far, and gives up what lies well before offset `from`. At most
   * `effort` bytes at once. Throws `SourceError` if the archive cannot be read.
   */
  async fill(from: number, until: number, effort: number): Promise<void> {
    this.#drop(from - keptBytes);
    const stop = Math.min(until, this.#end + effort);
    const piece = Buffer.alloc(pieceBytes);
    while (this.#end < stop && this.over === undefined) {
      const filled = readAt(this.#fd, piece, this.#taken);
      if (filled === 0) return;
      this.#taken += filled;
      await this.#members.feed(Buffer.from(piece.subarray(0, filled)));
      // What is passed over on the way is not held meanwhile.
      this.#drop(Math.min(from, this.#end) - keptBytes);
    }
  }

  /** Fills `target` with the bytes from `position`, as far as they are in the window or the head; how many. */
  read(target: Uint8Array, position: number): number {
    if (position < this.#start) return this.#readHead(target, position);
    let filled = 0;
    let start = this.#start;
    for (const piece of this.#pieces) {
      const from = position + filled - start;
      if (from < piece.length && filled < target.length) {
        filled += piece.copy(target, filled, from, from + target.length - filled);
      }
      start += piece.length;
    }
    return filled;
  }

  close(): void {
    this.#members.close();
    this.#pieces = [];
  }

  #readHead(target: Uint8Array, position: number): number {
    return this.#head.copy(target, 0, position, Math.min(headBytes, this.#end, position + target.length));
  }

  #append(bytes: Buffer): void {
    if (this.#end < headBytes) bytes.copy(this.#head, this.#end);
    this.#pieces = [...this.#pieces, bytes];
    this.#end += bytes.length;
  }

  /** Gives up whole pieces before offset `before`. */
  #drop(before: number): void {
    let count = 0;
    for (const { length } of this.#pieces) {
      if (this.#start + length > before) break;
      this.#start += length;
      count++;
    }
    if (count > 0) this.#pieces = this.#pieces.slice(count);
  }
}
