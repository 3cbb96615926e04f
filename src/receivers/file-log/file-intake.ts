import { closeSync } from 'node:fs';
import { hashOf } from '../../record/hash.ts';
import { claimPosition, findSibling } from './claim-position.ts';
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
  readonly complain: (subject: string, error: SourceError) => void;
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
   * Takes up the files at `paths`, which come oldest first. Files that are certainly known go before copies, and at
   * the first look also those which a rotation has renamed to something that no glob matches: they lie where they lay.
   */
  admit(paths: readonly string[]): readonly Arrival[] {
    const arrivals = new Map<string, Arrival>();
    const take = (path: string, arrival: Arrival | undefined): void => {
      if (arrival) arrivals.set(path, arrival);
    };
    for (const path of paths)
      take(
        path,
        this.#open(path, (opened) => this.#resume(path, opened, 'inode')),
      );
    for (const path of this.#isFirst ? this.#renamed() : []) {
      take(
        path,
        this.#open(path, (opened) => this.#resume(path, opened, 'inode')),
      );
    }
    for (const path of paths) {
      if (arrivals.has(path)) continue;
      take(
        path,
        this.#open(path, (opened) => this.#resume(path, opened, 'content') ?? this.#begin(path, opened)),
      );
    }
    this.#isFirst = false;
    // What comes later did not exist when reading began.
    this.#startAt = 'beginning';
    return [...arrivals.values()];
  }

  /** An open file as one that nobody has read. */
  fresh(path: string, opened: OpenLog, offset = 0): FollowedFile {
    const number = ++this.#lastNumber;
    const id = hashOf(this.#settings.receiver, opened.facts.inode, firstBytesHash(opened.fd), String(number));
    return this.#follow(path, opened, id, newPosition(path, opened, number, offset));
  }

  /** Runs `use` on the open file at `path`; closes it again if that gives nothing. */
  #open(path: string, use: (opened: OpenLog) => Arrival | undefined): Arrival | undefined {
    let opened: OpenLog | undefined;
    try {
      opened = openLog(path);
      const arrival = opened && use(opened);
      if (opened && !arrival) closeSync(opened.fd);
      return arrival;
    } catch (error) {
      if (opened) closeSync(opened.fd);
      if (!(error instanceof SourceError)) throw error;
      this.#settings.complain(path, error);
      return undefined;
    }
  }

  #resume(path: string, opened: OpenLog, by: 'inode' | 'content'): Arrival | undefined {
    const claimed = claimPosition(opened, this.free, by);
    if (claimed === undefined) return undefined;
    this.free.delete(claimed.id);
    const position = { ...claimed.position, path, inode: opened.facts.inode, unseen: false };
    return { file: this.#follow(path, opened, claimed.id, position), from: 'a stored position' };
  }

  #begin(path: string, opened: OpenLog): Arrival {
    if (this.#startAt === 'beginning') return { file: this.fresh(path, opened), from: 'the beginning' };
    const { size } = opened.facts;
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
    return new FollowedFile(id, position, opened, { path, now: clock(), bounded });
  }

  #renamed(): readonly string[] {
    return [...this.free.values()]
      .map(({ path, inode }) => findSibling(path, inode))
      .filter((path) => path !== undefined);
  }
}
