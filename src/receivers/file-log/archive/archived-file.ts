import { guardHolds } from '../evidence.ts';
import type { FilePosition } from '../file-position.ts';
import { FollowedFile, type Condition, type Sighting } from '../followed-file.ts';
import type { OpenLog } from '../open-log.ts';
import { UnpackedBytes, type UnpackEnd } from './unpacked-bytes.ts';

/** What is unpacked ahead of the reader, at least. */
const aheadBytes = 1_048_576;
/** In one turn, on the way to where reading goes on. */
const effortBytes = 33_554_432;
/** An archive without its end is not written any more if nothing of it has changed for so long (W10), in milliseconds. */
const stableMs = 60_000;
/** A hundred times what an API server writes to one file by default: whatever unpacks to more is no log. */
const mostBytes = 17_179_869_184;

/** Where and how an archive is taken up. */
export interface ArchiveSighting extends Sighting {
  /** Its position says that all of it was read. */
  readonly ended: boolean;
}

/**
 * A log that was compressed after it was rotated. Its position and its bytes are those of the log (spec/reliability.md
 * W10); only its size, its inode and its time of modification are those of the archive.
 */
export class ArchivedFile extends FollowedFile {
  override readonly isArchive = true;
  readonly #bounded: boolean;
  #unpacked: UnpackedBytes;
  /** What stands before its position is what was read there. */
  #verified = false;
  /** Where unpacking stood when there was no further whole line. */
  #stalledAt = -1;

  constructor(id: string, position: FilePosition, opened: OpenLog, at: ArchiveSighting) {
    super(id, position, opened, at);
    this.#bounded = at.bounded;
    this.#unpacked = new UnpackedBytes(opened.fd, mostBytes);
    this.ended = at.ended;
    if (at.ended) this.close();
  }

  override get bytes(): UnpackedBytes {
    return this.#unpacked;
  }

  /** What is unpacked and not handed on, and what is not unpacked yet. */
  override get behind(): number {
    if (this.ended) return 0;
    const packed = this.#unpacked.over ? 0 : Math.max(0, this.packedSize - this.#unpacked.taken);
    return Math.max(0, this.size - this.position.offset) + packed;
  }

  override get size(): number {
    return this.#unpacked.end;
  }

  /** Why nothing more will come out of it; undefined if it is not complete. */
  get over(): UnpackEnd | undefined {
    return this.#unpacked.over ?? (this.#unpacked.isBetweenMembers ? { kind: 'whole' } : undefined);
  }

  override async prepare(): Promise<void> {
    if (!this.isOpen && this.reopenDescriptor()) this.#unpacked = new UnpackedBytes(super.fd, mostBytes);
    if (!this.isOpen) return;
    const { offset } = this.position;
    const held = Math.max(0, this.size - offset);
    const wanted = this.#stalledAt === this.size ? held + Math.max(aheadBytes, held) : aheadBytes;
    await this.#unpacked.fill(offset, offset + wanted, effortBytes);
  }

  override inspect(now: number): Condition {
    if (!this.isOpen) return { kind: 'quiet' };
    this.refresh(now);
    const { offset, evidence } = this.position;
    const isExhausted = this.#unpacked.taken >= this.packedSize;
    if (this.size < offset)
      return this.#unpacked.over || isExhausted ? this.#atEnd(now) : { kind: 'unpacking' };
    if (!this.#verified && !guardHolds(this.bytes, evidence)) return { kind: 'other' };
    this.#verified = true;
    if (this.size > offset && this.size !== this.#stalledAt) return { kind: 'grown' };
    return this.#unpacked.over || isExhausted ? this.#atEnd(now) : { kind: 'unpacking' };
  }

  /** Without its end it may still be written, unless nobody has for some time. */
  #atEnd(now: number): Condition {
    const isOver = this.over !== undefined || this.#bounded || this.unlistedSince !== undefined;
    if (!isOver && now - this.changedAt < stableMs) return { kind: 'quiet' };
    return { kind: 'complete', end: this.over };
  }

  /** Time alone may complete it. */
  override probe(): void {
    if (!this.ended) this.due = true;
  }

  /** There may be a whole line once more is unpacked. */
  override stall(): void {
    this.#stalledAt = this.size;
    this.due = true;
  }

  override release(): void {
    super.release();
    this.#unpacked.close();
  }

  override close(): void {
    super.close();
    this.#unpacked.close();
    this.#verified = false;
  }
}
