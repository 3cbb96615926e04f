import { existsSync } from 'node:fs';
import { isArchive, plainPath } from './archive/archive-name.ts';
import { FileIntake, type Arrival } from './file-intake.ts';
import type { FilePosition } from './file-position.ts';
import type { FollowedFile } from './followed-file.ts';
import { findSibling } from './claim-position.ts';
import { byPath } from './by-path.ts';
import { copiedFrom } from './copied-from.ts';
import { OpenFiles } from './open-files.ts';
import { logFamily } from './log-family.ts';
import { deadLink, factsAt, isOutOfDescriptors, notRegular, type FileFacts } from './open-log.ts';
import { SourceError } from './read-at.ts';

/** How a set of files is kept. */
export interface FollowSettings {
  /** Most descriptors to keep open. */
  readonly maxOpen: number;
  /** The monotonic clock, in milliseconds. */
  readonly clock: () => number;
  /** Told why a file is not followed, every time it is not. */
  readonly complain: (path: string, error: SourceError) => void;
}

/** The files that a receiver follows, each once whatever its names. */
export class FollowedFiles {
  readonly #settings: FollowSettings;
  readonly #intake: FileIntake;
  readonly #open: OpenFiles;
  /** The logs of which a file could not be looked at, whichever it is, when names were looked at last. */
  readonly #unseen = new Set<string>();
  readonly #byInode = new Map<string, FollowedFile>();
  /** Made anew when files or their paths have changed. */
  #all: readonly FollowedFile[] | undefined;
  #byPath: ReadonlyMap<string, readonly FollowedFile[]> | undefined;

  constructor(settings: FollowSettings, intake: FileIntake) {
    this.#settings = settings;
    this.#intake = intake;
    this.#open = new OpenFiles(settings.maxOpen);
  }

  /** Oldest first. */
  get all(): readonly FollowedFile[] {
    this.#all ??= [...this.#byInode.values()].toSorted((one, other) => one.number - other.number);
    return this.#all;
  }

  /** Stored positions of files that are not there, by file id. Whoever deletes such a row takes it out. */
  get free(): Map<string, FilePosition> {
    return this.#intake.free;
  }

  /** Takes note of what the globs match now, of whatever kind it is; gives the files that are new. */
  update(paths: readonly string[]): readonly Arrival[] {
    const listed = new Set<FollowedFile>();
    const arrivals = this.#intake.admit(this.#recognise(paths, listed), this.all);
    for (const { file } of arrivals) {
      this.#byInode.set(file.inode, file);
      if (paths.includes(file.path)) listed.add(file);
    }
    for (const file of this.#byInode.values()) {
      if (listed.has(file)) file.unlistedSince = undefined;
      // It may be the one that could not be looked at.
      else if (file.unlistedSince === undefined && this.#unseen.has(file.family)) continue;
      else if (file.isArchive && file.ended) this.setFree(file);
      else this.#unlist(file);
    }
    this.#forgetOrder();
    return arrivals;
  }

  /** The logs of which there are files at `paths` that are not followed. */
  strangerFamilies(paths: readonly string[]): ReadonlySet<string> {
    return new Set(this.#recognise(paths, new Set()).map(logFamily));
  }

  /** All that was there at this look is followed: what is found at a later one is newer. */
  settle(): void {
    this.#intake.settle();
  }

  /**
   * Looks for changes that nobody reported: reads behind the end of every open file, and looks up the names of those
   * that have not been seen for some time; of all if `thorough`. False if a name does not lead to its file any more.
   */
  poll(thorough: boolean): boolean {
    const now = this.#settings.clock();
    for (const file of this.all) {
      if (file.unlistedSince !== undefined) file.due = true;
      else if (!thorough && !file.isUnseen(now)) file.probe();
      else if (!isInPlace(file, now)) return false;
    }
    return true;
  }

  /** The file at `path` was written to; false if it is not followed. */
  markDue(path: string): boolean {
    this.#byPath ??= byPath(this.all);
    const written = this.#byPath.get(path);
    for (const file of written ?? []) file.due = true;
    return written !== undefined;
  }

  /** True if another file has taken the place of `file`, or its log goes on in a younger one. */
  hasSuccessor(file: FollowedFile): boolean {
    const { family, number, path } = file;
    return this.all.some(
      (other) =>
        other !== file && (other.path === path || (other.family === family && other.number > number)),
    );
  }

  /** `file` is open and was just used. */
  used(file: FollowedFile): void {
    this.#open.used(file);
  }

  /** The file that `file` has become by losing its content. Takes its place only by `replace`. */
  successorOf(file: FollowedFile): FollowedFile {
    return this.#intake.fresh(file.path, file.current);
  }

  /**
   * A copy of what `file` held, under another name, to be read on at its position; its taker closes or adds it. None
   * that is read already.
   */
  copyOf(file: FollowedFile): FollowedFile | undefined {
    const copy = this.#intake.recover(file.id, file.position)?.file;
    if (copy === undefined || !this.sameAs(copy)?.position.offset) return copy;
    this.closeOne(copy);
    return undefined;
  }

  /** The file that is followed and is the same as `copy`, which is not. */
  sameAs(copy: FollowedFile): FollowedFile | undefined {
    return this.#byInode.get(copy.inode);
  }

  /** The file that the open `file` is a copy of, if that is followed. Throws `SourceError`. */
  originalOf(file: FollowedFile): FollowedFile | undefined {
    return copiedFrom(file.path, file.current, this.all);
  }

  /** Follows `file`, which no glob has found, instead of whatever was followed as the same. */
  add(file: FollowedFile): void {
    const same = this.sameAs(file);
    if (same) this.forget(same);
    this.free.delete(file.id);
    this.#byInode.set(file.inode, file);
    this.#open.used(file);
    this.#unlist(file);
    this.#forgetOrder();
  }

  /** `successor` has the descriptor now. The position of `file` is free, for a copy of it. */
  replace(file: FollowedFile, successor: FollowedFile): void {
    this.#open.handOver(file, successor);
    this.free.set(file.id, { ...file.position, unseen: true });
    this.#byInode.set(successor.inode, successor);
    this.#forgetOrder();
  }

  /** An archive or a copy waits for a file that is read. */
  get isAnyAwaited(): boolean {
    return this.#intake.awaited.size > 0;
  }

  /** True if an archive or a copy of `file`, which nothing more will come from, waits for where it was read up to. */
  isAwaited(file: FollowedFile): boolean {
    return this.#intake.awaited.has(file.id);
  }

  /** `file` is followed no longer; its position is free, for an archive or a copy of it. */
  setFree(file: FollowedFile, position = file.position): void {
    this.forget(file);
    this.free.set(file.id, { ...position, unseen: true });
  }

  /** To be told why a file could not be read: if descriptors are short, fewer are kept open. True if some were closed. */
  relieve(error: unknown): boolean {
    return error instanceof SourceError && isOutOfDescriptors(error) && this.#open.shrink();
  }

  forget(file: FollowedFile): void {
    this.#open.close(file);
    this.#byInode.delete(file.inode);
    this.#forgetOrder();
  }

  /** `file` gives nothing more, but is still there. */
  closeOne(file: FollowedFile): void {
    this.#open.close(file);
  }

  close(): void {
    for (const file of this.#byInode.values()) this.#open.close(file);
  }

  /** Finds the files among `paths` that are followed already; gives the paths of the others, oldest first. */
  #recognise(paths: readonly string[], listed: Set<FollowedFile>): readonly string[] {
    const strangers = new Map<string, Stranger>();
    this.#unseen.clear();
    for (const path of paths) {
      const facts = this.#factsAt(path);
      if (facts === undefined) continue;
      const file = this.#stillThat(path, facts);
      if (file === undefined) {
        if (isArchive(path) && existsSync(plainPath(path))) continue;
        // A file with two names is one file.
        if (!strangers.has(facts.inode)) strangers.set(facts.inode, { path, facts });
        continue;
      }
      file.seen(facts, this.#settings.clock());
      // With several names it keeps the one it has.
      if (path === file.path || !listed.has(file)) file.path = path;
      listed.add(file);
    }
    return [...strangers.values()].toSorted(byAge).map(({ path }) => path);
  }

  /** The file that is followed and lies at `path`: one that is closed may have lost its inode, as when logs are compressed. */
  #stillThat(path: string, facts: FileFacts): FollowedFile | undefined {
    const file = this.#byInode.get(facts.inode);
    if (file === undefined || file.isOpen || !hasLostInode(file, path, facts)) return file;
    this.setFree(file);
    return undefined;
  }

  #factsAt(path: string): FileFacts | undefined {
    try {
      const facts = this.#lookAt(path);
      const dead = facts === undefined ? deadLink(path) : undefined;
      if (dead) throw dead;
      if (facts?.otherKind !== undefined) throw notRegular(path, facts.otherKind);
      return facts;
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.#settings.complain(path, error);
      return undefined;
    }
  }

  /** As `factsAt`; of what cannot be looked at its log is noted. */
  #lookAt(path: string): FileFacts | undefined {
    try {
      return factsAt(path);
    } catch (error) {
      this.#unseen.add(logFamily(path));
      throw error;
    }
  }

  #forgetOrder(): void {
    this.#all = undefined;
    this.#byPath = undefined;
  }

  /** No glob matches `file` any more. It has to be looked at from now on even if nobody reports a change. */
  #unlist(file: FollowedFile): void {
    file.due = true;
    file.unlistedSince ??= this.#settings.clock();
    if (!file.isOpen) file.path = findSibling(file.path, file.inode, this.#settings.complain) ?? file.path;
  }
}

/** True if what lies at `path` with these facts is not `file`, which is closed and has nothing unread. */
function hasLostInode(file: FollowedFile, path: string, { size, modified }: FileFacts): boolean {
  if (!file.isArchive) return isArchive(path) && file.behind === 0;
  return !isArchive(path) || file.packedSize !== size || file.modified !== modified;
}

/** What lies at a path and is not followed. */
interface Stranger {
  readonly path: string;
  readonly facts: FileFacts;
}

/** Times of modification come in steps of milliseconds: within one of them the log itself is newer than what it was. */
function byAge(one: Stranger, other: Stranger): number {
  const isCurrent = ({ path }: Stranger): number => (path === logFamily(path) ? 1 : 0);
  return Number(one.facts.modified - other.facts.modified) || isCurrent(one) - isCurrent(other);
}

/** True if the name of `file` leads to it: then its facts are noted. */
function isInPlace(file: FollowedFile, now: number): boolean {
  try {
    const facts = factsAt(file.path);
    if (facts?.inode !== file.inode) return false;
    file.seen(facts, now);
    return true;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return false;
  }
}
