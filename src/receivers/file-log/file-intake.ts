import { closeSync } from 'node:fs';
import { hashOf } from '../../record/hash.ts';
import { isArchive } from './archive/archive-name.ts';
import { ArchivedFile } from './archive/archived-file.ts';
import { claimArchived, claimComplete, stillRead } from './archive/claim-archive.ts';
import { firstBytes } from './archive/first-bytes.ts';
import { copiedFrom, replacedBy } from './copied-from.ts';
import { claimPosition, findFamily, findSibling, type Claimed } from './claim-position.ts';
import { firstBytesHash } from './evidence.ts';
import { newPosition, type FilePosition } from './file-position.ts';
import { FollowedFile } from './followed-file.ts';
import { openLog, type OpenLog } from './open-log.ts';
import { SourceError } from './read-at.ts';
import { endOffset } from './start-offset.ts';

/** How files are taken up. */
export interface IntakeSettings {
  readonly receiver: string;
  /** Where the files of the first look begin if the store knows no file. */
  readonly startAt: 'beginning' | 'end';
  /** Reads only what is there now, instead of what will come. */
  readonly bounded: boolean;
  /** The longest line in bytes. */
  readonly maxLine: number;
  /** The monotonic clock, in milliseconds. */
  readonly clock: () => number;
  /** Told why a file is not followed, every time it is not. */
  readonly complain: (path: string, error: SourceError) => void;
  /** Told of each file that was opened, before the next one is. */
  readonly opened: (file: FollowedFile) => void;
  /** Makes room for a file that could not be opened for this reason; true if there is more of it now. */
  readonly relieve: (error: SourceError) => boolean;
}

/** What was stored before this run. */
export interface StoredFiles {
  /** By file id. */
  readonly positions: ReadonlyMap<string, FilePosition>;
  /** The highest number a file ever had; 0 if there never was one. */
  readonly lastNumber: number;
}

/** A file that is followed from now on. */
export interface Arrival {
  readonly file: FollowedFile;
  readonly from: 'the beginning' | 'the end' | 'a stored position';
}

/** Opens files that are not followed yet and decides where reading begins: at a stored position, or anew. */
export class FileIntake {
  /** Positions that no file has claimed, by file id. */
  readonly free: Map<string, FilePosition>;
  /** Ids of followed files of which an archive or a copy was found: it has to wait for what they give. */
  readonly awaited = new Set<string>();
  readonly #settings: IntakeSettings;
  #startAt: 'beginning' | 'end';
  #lastNumber: number;
  #isFirst = true;

  constructor(settings: IntakeSettings, { positions, lastNumber }: StoredFiles) {
    this.#settings = settings;
    this.free = new Map(positions);
    this.#lastNumber = lastNumber;
    this.#startAt = lastNumber === 0 && !settings.bounded ? settings.startAt : 'beginning';
  }

  /**
   * Takes up the files at `paths`, which come oldest first; `followed` are those that were before. Files that are
   * certainly known go before copies, and at the first look also those which a rotation has renamed to something that no
   * glob matches: they lie where they lay. What could not be opened then is tried again.
   */
  admit(paths: readonly string[], followed: readonly FollowedFile[]): readonly Arrival[] {
    this.awaited.clear();
    const arrivals = new Map<string, Arrival>();
    const take = (path: string, arrival: Arrival | undefined): void => {
      if (arrival) arrivals.set(path, arrival);
    };
    for (const path of paths)
      take(
        path,
        this.#open(path, (opened) => this.#resume(path, opened, 'inode')),
      );
    for (const path of this.#renamed()) {
      take(
        path,
        this.#open(path, (opened) => this.#resume(path, opened, 'inode')),
      );
    }
    for (const path of paths) {
      if (arrivals.has(path)) continue;
      if (isArchive(path)) {
        take(path, this.#openArchive(path, followed));
        continue;
      }
      take(
        path,
        // By inode once more: it may have failed to open before.
        this.#open(
          path,
          (opened) =>
            this.#resume(path, opened, 'inode') ??
            this.#resume(path, opened, 'content') ??
            this.#beginUnlessCopy(path, opened, followed),
        ),
      );
    }
    const taken = new Set([...arrivals.values()].map(({ file }) => file.inode));
    for (const [id, position] of this.free) {
      const arrival = position.unseen ? undefined : this.recover(id, position, taken);
      if (arrival === undefined) continue;
      arrivals.set(arrival.file.path, arrival);
      taken.add(arrival.file.inode);
    }
    return [...arrivals.values()];
  }

  /** The first look is over: what comes later did not exist when reading began. */
  settle(): void {
    this.#isFirst = false;
    this.#startAt = 'beginning';
  }

  /** An open file as one that nobody has read. */
  fresh(path: string, opened: OpenLog, offset = 0, archive: FilePosition['archive'] = null): FollowedFile {
    const number = ++this.#lastNumber;
    const id = hashOf(this.#settings.receiver, opened.facts.inode, firstBytesHash(opened.fd), String(number));
    return this.#follow(path, opened, id, { ...newPosition(path, opened, number, offset), archive });
  }

  /**
   * The file under whatever name, copied or compressed, that holds what was read up to `position`. `taken`: inodes of
   * those that it cannot be, for another position was found to be theirs.
   */
  recover(id: string, position: FilePosition, taken?: ReadonlySet<string>): Arrival | undefined {
    const only = new Map([[id, position]]);
    for (const path of findFamily(position.path)) {
      const arrival = this.#open(path, (opened) => {
        if (taken?.has(opened.facts.inode)) return undefined;
        const claimed = isArchive(path)
          ? claimArchived(path, firstBytes(opened.fd, path), only)
          : claimPosition(opened, only, 'content');
        return claimed && this.#claim(path, opened, claimed);
      });
      if (arrival) return arrival;
    }
    return undefined;
  }

  /** Runs `use` on the open file at `path`; closes it again if that gives nothing. */
  #open(path: string, use: (opened: OpenLog) => Arrival | undefined): Arrival | undefined {
    const { complain, opened: tell, relieve } = this.#settings;
    let opened: OpenLog | undefined;
    try {
      opened = openLog(path);
      const arrival = opened && use(opened);
      if (opened && !arrival) closeSync(opened.fd);
      if (arrival) tell(arrival.file);
      return arrival;
    } catch (error) {
      if (opened) closeSync(opened.fd);
      if (!(error instanceof SourceError)) throw error;
      if (relieve(error)) return this.#open(path, use);
      complain(path, error);
      return undefined;
    }
  }

  /** Whatever is still read as a plain file is not read from its archive (spec/reliability.md W10). */
  #openArchive(path: string, followed: readonly FollowedFile[]): Arrival | undefined {
    return this.#open(path, (opened) => {
      const complete = claimComplete(opened.facts, this.free);
      if (complete) return this.#claim(path, opened, complete);
      const first = firstBytes(opened.fd, path);
      if (first.length === 0) return undefined;
      const before = stillRead(path, first, followed);
      if (before) this.awaited.add(before.id);
      if (before) return undefined;
      const claimed = claimArchived(path, first, this.free);
      return claimed ? this.#claim(path, opened, claimed) : this.#begin(path, opened);
    });
  }

  /** What is still read from `followed` is not read from a copy of it (spec/reliability.md W4). */
  #beginUnlessCopy(path: string, opened: OpenLog, followed: readonly FollowedFile[]): Arrival | undefined {
    const original = copiedFrom(path, opened, followed);
    if (original) {
      this.awaited.add(original.id);
      return undefined;
    }
    const replaced = replacedBy(path, opened, followed);
    return replaced ? this.#goOn(path, opened, replaced) : this.#begin(path, opened);
  }

  #resume(path: string, opened: OpenLog, by: 'inode' | 'content'): Arrival | undefined {
    const claimed = claimPosition(opened, this.free, by);
    return claimed && this.#claim(path, opened, claimed);
  }

  #claim(path: string, opened: OpenLog, { id, position }: Claimed): Arrival {
    this.free.delete(id);
    const { inode, size } = opened.facts;
    // Nothing is known of this archive but that it may be that log, unless it is the one that was read.
    const isSame = isArchive(path) && position.archive !== null && position.inode === inode;
    const archive = isSame && position.archive.size === size ? position.archive : null;
    // Of what nobody has read only the inode is known, and that goes to the next file that is made: it may be a newer one.
    const number = position.offset === 0 ? ++this.#lastNumber : position.number;
    const claimed = { ...position, path, inode, archive, number, unseen: false };
    return { file: this.#follow(path, opened, id, claimed), from: 'a stored position' };
  }

  /** Follows what took the place of `replaced`, and begins with all that was read of it. */
  #goOn(path: string, opened: OpenLog, { position: { offset, eventTime } }: FollowedFile): Arrival {
    const file = this.fresh(path, opened, offset);
    file.position = { ...file.position, eventTime };
    return { file, from: 'a stored position' };
  }

  #begin(path: string, opened: OpenLog): Arrival {
    if (this.#startAt === 'beginning') return { file: this.fresh(path, opened), from: 'the beginning' };
    const { size, modified } = opened.facts;
    if (isArchive(path)) {
      const archive = { size, modified: String(modified), complete: true };
      return { file: this.fresh(path, opened, 0, archive), from: 'the end' };
    }
    const offset = endOffset(opened.fd, size, this.#settings.maxLine + 2);
    const file = this.fresh(path, opened, offset ?? size);
    // The end lies within a line that is too long: what is left of it is no line.
    if (offset === undefined) {
      file.position = { ...file.position, skip: { kind: 'oversize', from: size, sha: '' } };
    }
    return { file, from: 'the end' };
  }

  #follow(path: string, opened: OpenLog, id: string, position: FilePosition): FollowedFile {
    const { clock, bounded } = this.#settings;
    const sighting = { path, now: clock(), bounded };
    if (!isArchive(path)) return new FollowedFile(id, position, opened, sighting);
    return new ArchivedFile(id, position, opened, {
      ...sighting,
      ended: position.archive?.complete ?? false,
    });
  }

  #renamed(): readonly string[] {
    return [...this.free.values()]
      .filter(({ unseen }) => this.#isFirst || !unseen)
      .map(({ path, inode }) => findSibling(path, inode, this.#settings.complain))
      .filter((path) => path !== undefined);
  }
}
