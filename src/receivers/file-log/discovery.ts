import { dirname, join } from 'node:path';
import type { Host } from '../../pipeline/component.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { Consumer } from '../../pipeline/consumer.ts';
import type { Resource } from '../../record/record.ts';
import { rebuilt } from '../../store/rebuilt.ts';
import { StoreError } from '../../store/store.ts';
import { printable } from '../../util/printable.ts';
import { announceFile } from './announce-file.ts';
import { logArrivals } from './arrival-log.ts';
import { inodeAt } from './claim-position.ts';
import { DirectoryStamps } from './directory-stamps.ts';
import { FileIntake, type Arrival } from './file-intake.ts';
import type { FilePosition, FilePositions } from './file-position.ts';
import { gapNotice } from './file-notices.ts';
import { findGap, type Gap } from './find-gap.ts';
import { findPaths, type FoundPaths } from './find-paths.ts';
import { FollowedFiles } from './followed-files.ts';
import type { FollowedFile } from './followed-file.ts';
import { globDirectory } from './glob-directory.ts';
import { namesOneDirectory } from './names-one-directory.ts';
import { isOutOfDescriptors } from './open-log.ts';
import { RemoteLogs } from './remote-logs.ts';
import { SayOnce } from './say-once.ts';
import type { SourceError } from './read-at.ts';
import { takeUp } from './take-up.ts';

/** At most so many positions of files that are gone are kept, those found last, of each run after its first hour. */
const maxFree = 100;
const firstHourMs = 3_600_000;
/** And so many before: what is gone at a start may be back soon, as a directory that is mounted late. */
const maxFreeInFirstHour = 1_000;
/** Names are looked for after so long at the latest, in milliseconds. */
const longestPauseMs = 10_000;
/** Where directories do not tell whether that is needed, it takes one part in so many of the time. */
const pausesPerLook = 100;

const tooFewHandles =
  'there are too few file handles to keep every file open; files wait for each other: raise the limit (ulimit -n)';

/** What is looked for. */
export interface DiscoverySettings {
  readonly receiver: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly startAt: 'beginning' | 'end';
  readonly maxLine: number;
  readonly maxOpen: number;
  readonly positions: FilePositions;
  readonly next: Consumer;
  readonly resource: Resource;
  readonly log: Logger;
  /** The monotonic clock, in milliseconds. */
  readonly clock: () => number;
  readonly pollMs: number;
}

type Unlisted = FoundPaths['unlisted'];

/** What is known without a look. */
export interface Watched {
  /** A name in a watched directory came or went. */
  readonly renamed: boolean;
  /** Changes of files get reported. */
  readonly watched: boolean;
}

/** Looks for files again and again, says what it finds and misses, and stores where reading of each begins. */
export class Discovery {
  readonly files: FollowedFiles;
  readonly #settings: DiscoverySettings;
  readonly #host: Host;
  readonly #said = new SayOnce();
  /** None in a replay, which waits for nothing. */
  readonly #remote: RemoteLogs | undefined;
  readonly #stamps: DirectoryStamps;
  /** All that the globs can match lies in the directories that have stamps. */
  readonly #isFlat: boolean;
  readonly #startedAt: number;
  #lookAt = 0;
  #subjects = new Set<string>();
  /** What was there at the last look and could not be opened. */
  readonly #unopened = new Set<string>();
  #isFirst = true;
  /** What has to be announced, by file id. */
  readonly #gaps = new Map<string, Gap>();

  constructor(settings: DiscoverySettings, host: Host) {
    this.#settings = settings;
    this.#host = host;
    this.#startedAt = settings.clock();
    this.#remote = host.mode === 'run' ? new RemoteLogs(settings) : undefined;
    const { include, positions } = settings;
    this.#stamps = new DirectoryStamps(include.map(globDirectory));
    this.#isFlat = include.every(namesOneDirectory);
    const complain = (path: string, error: SourceError): void => this.#complain(path, error);
    const bounded = host.mode === 'replay';
    // A store that replaced a damaged one knows nothing of what was read before: all of it may be new.
    const startAt = rebuilt(host.store) === undefined ? settings.startAt : 'beginning';
    const intake = new FileIntake(
      {
        ...settings,
        startAt,
        bounded,
        complain,
        opened: (file) => this.files.used(file),
        relieve: (error) => this.files.relieve(error),
      },
      { positions: positions.load(host.store), lastNumber: positions.lastNumber(host.store) },
    );
    this.files = new FollowedFiles({ ...settings, complain }, intake);
  }

  /** The directories in which files may appear or change. */
  get directories(): ReadonlySet<string> {
    const { include } = this.#settings;
    return new Set([...include.map(globDirectory), ...this.files.all.map(({ path }) => dirname(path))]);
  }

  /** How many patterns matched nothing, and files could not be opened, at the last look. */
  get missed(): number {
    return this.#subjects.size;
  }

  /**
   * Looks for changes that nobody reported. It looks at names only if some may have come or gone, which is certain if
   * `renamed`; true if it did. While nothing `watched` reports changes, it asks every file for them.
   */
  async poll({ renamed, watched }: Watched): Promise<boolean> {
    if (!renamed && this.#areNamesKnown() && this.files.poll(!watched)) return false;
    await this.look();
    return true;
  }

  /** One look. Throws if the first one cannot be stored; later ones are stored with the first lines instead. */
  async look(): Promise<void> {
    const { log, clock } = this.#settings;
    const begin = clock();
    this.#stamps.take(begin);
    this.#subjects = new Set();
    this.#unopened.clear();
    let unmatched: FoundPaths['unmatched'] = [];
    let unlisted: Unlisted = new Map();
    const arrivals = await takeUp(this.files, async () => {
      const found = await this.#find();
      ({ unmatched, unlisted } = found);
      return [...found.paths, ...this.#followedIn(unlisted)];
    });
    for (const pattern of unmatched) this.#miss(pattern);
    for (const [directory, error] of unlisted) this.#complain(directory, error);
    logArrivals(log, arrivals);
    for (const { file } of arrivals) this.#remote?.note(file);
    this.#said.keep(this.#subjects);
    this.#lookAt = clock() + this.#pauseAfter(clock() - begin);
    const gone = this.#goneSinceLastRun(arrivals, unlisted);
    const first = this.#isFirst;
    this.#isFirst = false;
    await this.#store(arrivals, gone).catch((error: unknown) => {
      if (first && !this.#mayStoreLater(error)) throw error;
      log.debug('could not store new files; they are stored with their first lines');
    });
  }

  /** What the globs match, after room was made for a search that had no descriptor. */
  async #find(): Promise<FoundPaths> {
    const { include, exclude } = this.#settings;
    const found = await findPaths(include, exclude);
    const again = [...found.unlisted.values()].some((error) => this.files.relieve(error));
    return again ? this.#find() : found;
  }

  /** Files that still had a name when their directory could last be listed: nothing says that they lost it. */
  #followedIn(unlisted: Unlisted): readonly string[] {
    return this.files.all
      .filter((file) => file.unlistedSince === undefined && isIn(unlisted, file.path))
      .map(({ path }) => path);
  }

  /** On a full disk delivery has to go on; only where reading began in the first place must be stored at once. */
  #mayStoreLater(error: unknown): boolean {
    const isFull = error instanceof StoreError && error.reason === 'full';
    return isFull && this.#settings.positions.lastNumber(this.#host.store) > 0;
  }

  #areNamesKnown(): boolean {
    const now = this.#settings.clock();
    return now < this.#lookAt && this.#stamps.hold(now);
  }

  /** How long until the next look, in milliseconds, if no directory changes; one look takes `lookMs`. */
  #pauseAfter(lookMs: number): number {
    // What could not be opened may be mended, and what waits for another file may go on, without a change of its directory.
    if (this.#isFlat && this.missed === 0 && !this.files.isAnyAwaited) return longestPauseMs;
    return Math.min(longestPauseMs, lookMs * pausesPerLook);
  }

  async #store(
    arrivals: readonly Arrival[],
    gone: readonly (readonly [string, FilePosition])[],
  ): Promise<void> {
    const { positions, log } = this.#settings;
    const surplus = this.#surplus();
    if (arrivals.length + gone.length + surplus.length === 0) return;
    const grown = this.#grownBefore(arrivals);
    await this.#host.work(async (work) => {
      const { state } = work;
      for (const file of grown) positions.put(state, file.id, { ...file.position, size: file.size });
      for (const { file } of arrivals) positions.put(state, file.id, file.position);
      for (const [id, position] of gone) positions.put(state, id, { ...position, unseen: true });
      for (const id of surplus) positions.delete(state, id);
      for (const [id, gap] of this.#gaps) {
        const { position } = gap;
        await announceFile(this.#settings, { id, position }, gapNotice(gap), work);
      }
    });
    for (const gap of this.#gaps.values()) log.warn(gapNotice(gap).message);
    this.#gaps.clear();
    for (const [id, position] of gone) this.files.free.set(id, { ...position, unseen: true });
    for (const id of surplus) this.files.free.delete(id);
  }

  /** Files that others have followed, with more in them than is stored: whether they were read to their end will matter. */
  #grownBefore(arrivals: readonly Arrival[]): readonly FollowedFile[] {
    const families = new Set(arrivals.map(({ file }) => file.family));
    return this.files.all.filter((file) => {
      if (file.isArchive || !file.isOpen || !families.has(file.family)) return false;
      file.refresh(this.#settings.clock());
      return file.behind > 0 && file.size > file.position.size;
    });
  }

  /** Ids of the oldest positions without a file, as many as are too many. */
  #surplus(): readonly string[] {
    const free = [...this.files.free];
    const oldestFirst = free.toSorted(([, one], [, other]) => one.number - other.number);
    const isFirstHour = this.#settings.clock() - this.#startedAt < firstHourMs;
    const most = isFirstHour ? maxFreeInFirstHour : maxFree;
    return oldestFirst.slice(0, Math.max(0, free.length - most)).map(([id]) => id);
  }

  /** Positions whose file is nowhere, under whatever name; what that means is noted to be announced. */
  #goneSinceLastRun(
    arrivals: readonly Arrival[],
    unlisted: Unlisted,
  ): readonly (readonly [string, FilePosition])[] {
    const { free, all } = this.files;
    const unopened = new Set([...this.#unopened].map(inodeAt));
    const gone = [...free].filter(
      ([, { unseen, inode, path }]) => !unseen && !unopened.has(inode) && !isIn(unlisted, path),
    );
    if (gone.length === 0) return gone;
    const fresh = new Set(
      arrivals.filter(({ from }) => from !== 'a stored position').map(({ file }) => file),
    );
    const known = all.filter((file) => !fresh.has(file)).map(({ position }) => position);
    const others = [...free.values(), ...known];
    for (const [id, position] of gone) {
      const gap = this.#gaps.has(id) ? undefined : findGap(position, others, all);
      if (gap) this.#gaps.set(id, gap);
    }
    return gone;
  }

  #miss(pattern: string): void {
    const waiting = this.#host.mode === 'run' ? ' yet; waiting for one' : '';
    this.#warn(`include ${pattern}`, `no file matches ${pattern}${waiting}`);
  }

  #complain(path: string, error: SourceError): void {
    this.#unopened.add(path);
    if (isOutOfDescriptors(error)) this.#warn('file handles', tooFewHandles);
    else this.#warn(path, error.message);
  }

  #warn(subject: string, message: string): void {
    this.#subjects.add(subject);
    if (this.#said.isNews(subject, message)) this.#settings.log.warn(printable(message));
  }
}

const isIn = (directories: Unlisted, path: string): boolean =>
  [...directories.keys()].some((directory) => path.startsWith(join(directory, '/')));
