import { closeSync } from 'node:fs';
import { assert } from '../../util/assert.ts';
import { errorCode } from '../../util/error-code.ts';
import type { UnpackEnd } from './archive/unpacked-bytes.ts';
import { evidenceHolds, guardHolds, olderEvidence, type Evidence } from './evidence.ts';
import type { FilePosition } from './file-position.ts';
import { logFamily } from './log-family.ts';
import { factsOfOpen, openLog, type FileFacts, type OpenLog } from './open-log.ts';
import { readAt, SourceError, type LogSource } from './read-at.ts';

const longestUnseenMs = 4_000;
const oneByte = new Uint8Array(1);

/** How a file stands when its turn comes. */
export type Condition =
  /** Nothing to read. */
  | { readonly kind: 'quiet' }
  /** Bytes that may hold a whole line. */
  | { readonly kind: 'grown' }
  /** Truncated in place, or replaced: what is there now is another file. */
  | { readonly kind: 'other' }
  /** It has lost its end, but not all: reading has to go back to where `evidence` holds. */
  | { readonly kind: 'regressed'; readonly evidence: Evidence }
  /** Compressed: more of it has to be unpacked. */
  | { readonly kind: 'unpacking' }
  /** Compressed: all of it has been handed on. */
  | { readonly kind: 'complete'; readonly end: UnpackEnd | undefined };

/**
 * One file, from its first byte to its last, whatever it is called meanwhile.
 *
 * Its descriptor is usually open, which keeps the inode from being used again.
 * An idle one may be closed; it is opened again by path, and only if the
 * content is still the same.
 */
export class FollowedFile {
  readonly id: string;
  readonly inode: string;
  readonly number: number;
  /** It is the archive of a log, not the log itself. */
  readonly isArchive: boolean = false;
  /** The log that this is a part of. */
  readonly family: string;
  path: string;
  /** The committed position. */
  position: FilePosition;
  /** Something may have happened since its last turn. */
  due = true;
  /** Since when no name of it matches, in milliseconds of the monotonic clock; undefined while one does. */
  unlistedSince: number | undefined;
  /** When its size or time of modification was last seen to change. */
  changedAt: number;
  /** Where reading ends: in a replay, the size at its start. */
  readonly limit: number;
  /** Nothing more will be handed on. */
  ended = false;
  /** It was told that it grows without a name. */
  unlinkedTold = false;
  #fd: number | undefined;
  #facts: FileFacts;
  /** Its size when it was first seen to have no name at all. */
  #sizeUnlinked: number | undefined;
  /** When its name was last seen to lead to it. */
  #seenAt: number;
  /** The size at which there was no further whole line, as long as nothing has changed since. */
  #stalledAt = -1;

  constructor(id: string, position: FilePosition, opened: OpenLog, at: Sighting) {
    this.id = id;
    this.inode = opened.facts.inode;
    this.number = position.number;
    this.position = position;
    this.path = at.path;
    this.family = logFamily(at.path);
    this.changedAt = at.now;
    this.#seenAt = at.now;
    this.limit = at.bounded ? opened.facts.size : Infinity;
    this.#fd = opened.fd;
    this.#facts = opened.facts;
  }

  get fd(): number {
    assert(this.#fd !== undefined, `${this.path} is not open`);
    return this.#fd;
  }

  /** What its lines are read from. */
  get bytes(): LogSource {
    return this.fd;
  }

  get isOpen(): boolean {
    return this.#fd !== undefined;
  }

  /** Bytes that were there when it was last looked at and are not handed on. */
  get behind(): number {
    return Math.max(0, Math.min(this.#facts.size, this.limit) - this.position.offset);
  }

  get size(): number {
    return Math.min(this.#facts.size, this.limit);
  }

  /** Of the file itself, compressed or not, when it was last looked at. */
  get packedSize(): number {
    return this.#facts.size;
  }

  /** It was deleted and has grown since: its writer does not know. */
  get growsUnlinked(): boolean {
    return this.#sizeUnlinked !== undefined && this.#facts.size > this.#sizeUnlinked;
  }

  /** When it was last modified, in nanoseconds since 1970, at the last look. */
  get modified(): bigint {
    return this.#facts.modified;
  }

  /** Makes what comes next readable, to be called before `inspect`; undefined if it is. Rejects with `SourceError`. */
  prepare(): Promise<void> | undefined {
    return undefined;
  }

  /** Its name leads to it, with these facts. A change makes it due. */
  seen(facts: FileFacts, now: number): void {
    this.#seenAt = now;
    if (this.#observe(facts, now)) this.due = true;
  }

  /**
   * True if its name has to be looked up again: after as long a time as it had been quiet for when it was last seen,
   * a few seconds at most.
   */
  isUnseen(now: number): boolean {
    return now - this.#seenAt >= Math.min(longestUnseenMs, this.#seenAt - this.changedAt);
  }

  /** Growth makes it due; for an open file only. A read behind the end costs less than asking for the size. */
  probe(): void {
    if (this.due || this.#fd === undefined) return;
    try {
      this.due = readAt(this.#fd, oneByte, this.#facts.size) > 0;
    } catch {
      // Its turn tells the reason.
      this.due = true;
    }
  }

  /** Takes note of facts; true if they are new. */
  #observe(facts: FileFacts, now: number): boolean {
    if (facts.links === 0) this.#sizeUnlinked ??= facts.size;
    if (facts.size === this.#facts.size && facts.modified === this.#facts.modified) return false;
    this.#facts = facts;
    this.#stalledAt = -1;
    this.changedAt = now;
    return true;
  }

  /** Opens it if it is closed, and tells how it stands. Throws `SourceError`. */
  inspect(now: number): Condition {
    if (!this.isOpen || !this.#refreshUnlessStale(now)) {
      const opened = this.#reopen();
      if (opened === 'gone') return { kind: 'quiet' };
      if (opened === 'other') return this.#afterLoss();
      this.refresh(now);
    }
    const { size } = this.#facts;
    if (size < this.position.offset) return this.#afterLoss();
    if (size === this.#stalledAt) return { kind: 'quiet' };
    if (!guardHolds(this.fd, this.position.evidence)) return this.#afterLoss();
    return { kind: this.behind > 0 ? 'grown' : 'quiet' };
  }

  #afterLoss(): Condition {
    const evidence = olderEvidence(this.fd, this.position.evidence);
    return evidence ? { kind: 'regressed', evidence } : { kind: 'other' };
  }

  /** Takes note of how the open file is now. Throws `SourceError`. */
  refresh(now: number): void {
    this.#observe(factsOfOpen(this.fd, this.path), now);
  }

  /** As `refresh`; false if another machine has deleted the file, as it may on NFS: then it is closed. */
  #refreshUnlessStale(now: number): boolean {
    try {
      this.refresh(now);
      return true;
    } catch (error) {
      if (!(error instanceof SourceError) || errorCode(error.cause) !== 'ESTALE') throw error;
      this.close();
      return false;
    }
  }

  /** No whole line is left at the size it was last seen to have. */
  stall(): void {
    this.#stalledAt = this.#facts.size;
  }

  /** Its descriptor and what was last seen of it. */
  get current(): OpenLog {
    return { fd: this.fd, facts: this.#facts };
  }

  /** Forgets the descriptor, which somebody else will close. */
  release(): void {
    this.#fd = undefined;
  }

  /** Lets go of the descriptor. */
  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  /** `gone`: its path leads to nothing, or to another inode; the next look at the directory deals with that. */
  #reopen(): 'same' | 'other' | 'gone' {
    if (!this.reopenDescriptor()) return 'gone';
    const { offset, evidence } = this.position;
    return factsOfOpen(this.fd, this.path).size >= offset && evidenceHolds(this.fd, evidence)
      ? 'same'
      : 'other';
  }

  /** Opens it anew; false if its path does not lead to it. Throws `SourceError`. */
  protected reopenDescriptor(): boolean {
    const opened = openLog(this.path);
    if (opened === undefined) return false;
    if (opened.facts.inode !== this.inode) {
      closeSync(opened.fd);
      return false;
    }
    this.#fd = opened.fd;
    return true;
  }
}

/** Where and when a file was first seen. */
export interface Sighting {
  readonly path: string;
  readonly now: number;
  /** Only what is there now will be read. */
  readonly bounded: boolean;
}
