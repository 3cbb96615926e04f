import { count } from '../../store/counter.ts';
import { printable } from '../../util/printable.ts';
import { announceFile } from './announce-file.ts';
import { evidenceOffset, type Evidence } from './evidence.ts';
import type { FileAttempts } from './file-attempts.ts';
import { regressedNotice, truncatedNotice } from './file-notices.ts';
import type { FollowedFile } from './followed-file.ts';
import type { FollowedFiles } from './followed-files.ts';
import type { TurnSettings } from './turn-settings.ts';

/** Deals with files that no longer hold what was read of them. */
export class FileChanges {
  readonly #settings: TurnSettings;
  readonly #files: FollowedFiles;
  readonly #attempts: FileAttempts;

  constructor(settings: TurnSettings, files: FollowedFiles, attempts: FileAttempts) {
    this.#settings = settings;
    this.#files = files;
    this.#attempts = attempts;
  }

  /** `file` has lost its end: reading goes back to where `evidence` holds. False if that failed. */
  async rewind(file: FollowedFile, evidence: Evidence): Promise<boolean> {
    const { log, positions, receiver } = this.#settings;
    const offset = evidenceOffset(evidence);
    const notice = regressedNotice(file.path, file.position, offset);
    const position = { ...file.position, offset, evidence, skip: null };
    const done = await this.#attempts.work(file, async (work) => {
      await announceFile(this.#settings, file, notice, work);
      count(work.state, receiver, 'source_regressed');
      positions.put(work.state, file.id, position);
      return true;
    });
    if (done === undefined) return false;
    log.warn(notice.message);
    file.position = position;
    file.due = true;
    return true;
  }

  /** `file` is the copy of another one: it is followed no longer, and waits for what that one gives. False if that failed. */
  async leave(file: FollowedFile): Promise<boolean> {
    const { positions } = this.#settings;
    const done = await this.#attempts.work(file, async (work) => {
      positions.delete(work.state, file.id);
      return true;
    });
    if (done === undefined) return false;
    this.#files.forget(file);
    return true;
  }

  /** What `file` held was replaced under it: from now on it is another file. False if that failed. */
  async restart(file: FollowedFile): Promise<boolean> {
    const { log, positions } = this.#settings;
    const copy = file.isArchive ? undefined : this.#files.copyOf(file);
    const unread = copy && this.#files.sameAs(copy);
    // Nothing is lost if there is a copy, nor if an archive was taken for that of a log that began alike.
    const notice = file.isArchive || copy ? undefined : truncatedNotice(file.path, file.position);
    const successor = await this.#attempts.work(file, async (work) => {
      const fresh = this.#files.successorOf(file);
      if (notice) await announceFile(this.#settings, file, notice, work);
      positions.put(work.state, file.id, copy?.position ?? { ...file.position, unseen: true });
      positions.put(work.state, fresh.id, fresh.position);
      if (unread) positions.delete(work.state, unread.id);
      return fresh;
    });
    if (successor === undefined) {
      if (copy) this.#files.closeOne(copy);
      return false;
    }
    if (notice) log.warn(notice.message);
    this.#files.replace(file, successor);
    if (copy) {
      log.info(`${printable(file.path)} was emptied; its copy ${printable(copy.path)} is read on`);
      this.#files.add(copy);
    }
    return true;
  }
}
