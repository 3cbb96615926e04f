import type { FollowedFile } from '../followed-file.ts';
import { FileAhead, type Ahead } from './file-ahead.ts';
import type { StretchScanner } from './scan-thread.ts';

/** Of one file, before another has its turn. */
const reachBytes = 8_388_608;
/** What the receiver reads itself while no thread has come to it. */
const ownBytes = 1_048_576;
const mostWaiting = 2;
/** Stretches for each thread that are not yet read, scanned or not. */
const mostHeld = 4;

export interface LookAheadSettings {
  readonly threads: readonly StretchScanner[];
  /** All that is to be read, oldest first. */
  readonly files: () => readonly FollowedFile[];
  /** Of the consumer's `ScanOrder`. */
  readonly open: () => readonly number[];
  /** How much a thread is given at once. */
  readonly stretchBytes: number;
}

/**
 * Has threads scan what a replay will come to, in the order in which it will, a bounded way ahead. It decides nothing:
 * whatever it does not know, the receiver reads by itself, as it would without.
 */
export class LookAhead {
  readonly #settings: LookAheadSettings;
  readonly #files = new Map<FollowedFile, FileAhead>();
  readonly #started: Promise<void>;
  #current: FollowedFile | undefined;

  constructor(settings: LookAheadSettings) {
    this.#settings = settings;
    this.#started = Promise.race(settings.threads.map(({ started }) => started));
  }

  /** What comes at `offset` of `file`, which is what is read now. */
  async next(file: FollowedFile, offset: number): Promise<Ahead> {
    await this.#started;
    this.#current = file;
    const ahead = this.#aheadOf(file);
    ahead.pass(offset);
    this.#fill();
    if (ahead.held === 0) ahead.leave(offset + ownBytes);
    return ahead.at(offset);
  }

  async close(): Promise<void> {
    await Promise.all(this.#settings.threads.map((thread) => thread.close()));
  }

  /** Gives threads something to do, as far as they are free and enough of what they did has been read. */
  #fill(): void {
    for (;;) {
      const thread = this.#freeThread();
      const file = thread && this.#nextFile();
      if (thread === undefined || file === undefined) return;
      const ahead = this.#aheadOf(file);
      const { path, inode, size } = file;
      const { open, stretchBytes } = this.#settings;
      const [from, to] = [ahead.given, Math.min(size, ahead.given + stretchBytes)];
      const runs = thread.scan({ path, inode, from, to, open: open() });
      ahead.give(to, runs);
      void runs.then(() => this.#fill());
    }
  }

  #freeThread(): StretchScanner | undefined {
    const { threads } = this.#settings;
    const held = [...this.#files.values()].reduce((sum, ahead) => sum + ahead.held, 0);
    if (held >= threads.length * mostHeld) return undefined;
    return threads
      .filter(({ isReady, waiting }) => isReady && waiting < mostWaiting)
      .sort((one, other) => one.waiting - other.waiting)[0];
  }

  /**
   * The file of which a stretch is wanted first. Files have turns, of each family the oldest (`FileTurns`): so each of
   * them gets some way ahead before any gets further.
   */
  #nextFile(): FollowedFile | undefined {
    const files = this.#inTurn().filter((file) => !file.ended && this.#aheadOf(file).given < file.size);
    for (let reach = reachBytes; files.length > 0; reach += reachBytes) {
      const served = new Set<string>();
      for (const file of files) {
        if (served.has(file.family)) continue;
        served.add(file.family);
        if (this.#aheadOf(file).given < file.position.offset + reach) return file;
      }
    }
    return undefined;
  }

  /** All files, the one that is read now first. */
  #inTurn(): readonly FollowedFile[] {
    const files = this.#settings.files();
    const now = this.#current === undefined ? 0 : Math.max(0, files.indexOf(this.#current));
    return [...files.slice(now), ...files.slice(0, now)];
  }

  #aheadOf(file: FollowedFile): FileAhead {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const ahead = new FileAhead(file.position.offset);
    this.#files.set(file, ahead);
    return ahead;
  }
}
