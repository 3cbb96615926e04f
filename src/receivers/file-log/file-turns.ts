import type { Host } from '../../pipeline/component.ts';
import type { Notice } from '../../record/notice.ts';
import { unreachable } from '../../util/assert.ts';
import { announceFile } from './announce-file.ts';
import { CutLines } from './cut-lines.ts';
import { FileAttempts } from './file-attempts.ts';
import { FileChanges } from './file-changes.ts';
import { FileEndings } from './file-endings.ts';
import { encodingNotice, unlinkedNotice } from './file-notices.ts';
import type { Condition, FollowedFile } from './followed-file.ts';
import type { FollowedFiles } from './followed-files.ts';
import type { TurnSettings } from './turn-settings.ts';
import { UnitReader } from './unit-reader.ts';

/** Gives the files their turns, one unit of work each. */
export class FileTurns {
  readonly #settings: TurnSettings;
  readonly #files: FollowedFiles;
  readonly #host: Host;
  readonly #attempts: FileAttempts;
  readonly #changes: FileChanges;
  readonly #endings: FileEndings;
  readonly #cutLines: CutLines;
  /** Lines and bytes of this run. */
  lines = 0;
  bytes = 0;

  constructor(settings: TurnSettings, files: FollowedFiles, host: Host) {
    this.#settings = settings;
    this.#files = files;
    this.#host = host;
    this.#attempts = new FileAttempts(settings, host);
    this.#changes = new FileChanges(settings, files, this.#attempts);
    this.#endings = new FileEndings(settings, files, this.#attempts, host.mode);
    this.#cutLines = new CutLines(settings, files, this.#attempts, host.mode);
  }

  /** How long nobody may read, in milliseconds; Infinity if nothing stands in the way. */
  get pauseMs(): number {
    return this.#attempts.pauseMs;
  }

  /** Files of a replay that could not be read to their end. */
  get missed(): number {
    return this.#attempts.missed;
  }

  /** True, when a round moved nothing, if that is because everything there is has been handed on. */
  isDone(): boolean {
    if (this.#attempts.isRefused) return false;
    return this.#host.mode === 'run' || this.#files.all.every(({ ended }) => ended);
  }

  /**
   * One turn for each family of files, for the oldest one that has something to read: so the old file is read to its
   * end before the one that took its place. True if anything moved.
   */
  async round(isStopped: () => boolean): Promise<boolean> {
    const served = new Set<string>();
    for (const file of this.#files.all) {
      // Of many files few are due at a time: no promise, and no look at the clock, for each of the others.
      if (file.ended || !file.due || served.has(file.family)) continue;
      if (isStopped() || this.#attempts.isPaused) break;
      if (await this.#turn(file)) served.add(file.family);
    }
    return served.size > 0;
  }

  async #turn(file: FollowedFile): Promise<boolean> {
    // Before the look, so that a change during the turn makes it due again.
    file.due = false;
    const condition = await this.#inspect(file);
    switch (condition.kind) {
      case 'unreadable':
        return false;
      case 'other':
        return this.#changes.restart(file);
      case 'regressed':
        return this.#changes.rewind(file, condition.evidence);
      case 'grown':
        return this.#grown(file);
      case 'copy':
        return this.#changes.leave(file);
      case 'quiet':
        return this.#ended(this.#endings.finish(file));
      case 'unpacking':
        file.due = true;
        return true;
      case 'complete':
        return this.#ended(this.#endings.finishArchive(file, condition.end));
      default:
        return unreachable(condition);
    }
  }

  async #grown(file: FollowedFile): Promise<boolean> {
    const joined = await this.#cutLines.join(file);
    if (joined !== undefined) return this.#joined(joined);
    const moved = await this.#readOn(file);
    if (moved !== false || file.isArchive) return moved !== undefined;
    // A replay ends with this file for good, so that the line that it ends in has its only chance now.
    if (this.#host.mode === 'replay' && this.#joined(await this.#cutLines.joinNext(file))) {
      file.due = true;
      return true;
    }
    return this.#ended(this.#endings.finish(file));
  }

  /** Counts a line that a rotation has cut, of so many bytes; false if there was none. */
  #joined(bytes = 0): boolean {
    if (bytes > 0) this.lines++;
    this.bytes += bytes;
    return bytes > 0;
  }

  async #inspect(file: FollowedFile): Promise<Condition | { readonly kind: 'unreadable' | 'copy' }> {
    try {
      const preparing = file.prepare();
      if (preparing) await preparing;
      const condition = file.inspect(this.#settings.clock());
      if (file.isOpen) this.#files.used(file);
      return condition.kind === 'grown' && this.#isCopy(file) ? { kind: 'copy' } : condition;
    } catch (error) {
      if (this.#files.relieve(error)) return this.#inspect(file);
      this.#attempts.failed(file, error);
      return { kind: 'unreadable' };
    }
  }

  /** A copy had nothing in it when it was found: only now it can be told. What a replay is given it reads as it is. */
  #isCopy(file: FollowedFile): boolean {
    const isUnread = this.#host.mode === 'run' && file.position.offset === 0 && !file.isArchive;
    const original = isUnread ? this.#files.originalOf(file) : undefined;
    if (original === undefined) return false;
    // Of two that are equal and unread the one that was found first is read.
    return original.position.offset > 0 || original.size > file.size || original.number < file.number;
  }

  /** True if it moved; undefined if it failed. */
  async #readOn(file: FollowedFile): Promise<boolean | undefined> {
    const before = file.position;
    const { id } = file;
    const unlinked = file.growsUnlinked && !file.unlinkedTold ? unlinkedNotice(file.path, before) : undefined;
    const done = await this.#attempts.work(file, async (work) => {
      const reader = new UnitReader(this.#settings, file, work);
      await reader.read();
      const position = reader.settle();
      if (reader.hasMoved) this.#settings.positions.put(work.state, id, position);
      if (unlinked) await announceFile(this.#settings, file, unlinked, work);
      const isSame = !file.isOpen || reader.isAsItWas();
      return { position, lines: reader.lines, moved: reader.hasMoved, isSame };
    });
    if (done === undefined) return undefined;
    if (unlinked) this.#told(file, unlinked);
    if (done.position.skip?.kind === 'foreign' && before.skip === null) {
      this.#settings.log.warn(encodingNotice(file.path).message);
    }
    file.position = done.position;
    this.lines += done.lines;
    this.bytes += done.position.offset - before.offset;
    // What was overwritten is not at its end: the next look tells.
    if (!done.isSame) {
      file.due = true;
      return true;
    }
    // At its end there is nothing to look for until it is reported or found to have grown.
    if (done.moved && (file.behind > 0 || this.#host.mode === 'replay')) file.due = true;
    else file.stall();
    return done.moved;
  }

  #told(file: FollowedFile, { message }: Notice): void {
    file.unlinkedTold = true;
    this.#settings.log.warn(message);
  }

  /** True if a stream ended; its last lines count. */
  async #ended(lines: Promise<number | undefined>): Promise<boolean> {
    const last = await lines;
    this.lines += last ?? 0;
    return last !== undefined;
  }
}
