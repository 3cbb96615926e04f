import type { Host } from '../../pipeline/component.ts';
import { formatBytes } from '../../util/byte-size.ts';
import { printable } from '../../util/printable.ts';
import { announceFile } from './announce-file.ts';
import type { UnpackEnd } from './archive/unpacked-bytes.ts';
import type { FileAttempts } from './file-attempts.ts';
import { archiveNotice, lostEndNotice } from './file-notices.ts';
import type { FollowedFile } from './followed-file.ts';
import type { FollowedFiles } from './followed-files.ts';
import type { TurnSettings } from './turn-settings.ts';
import { UnitReader } from './unit-reader.ts';

const gracePolls = 4;
const maxGraceMs = 60_000;
const patienceWithoutSuccessor = 10;

/** Ends the streams of files that nothing more will come from. */
export class FileEndings {
  readonly #settings: TurnSettings;
  readonly #files: FollowedFiles;
  readonly #attempts: FileAttempts;
  readonly #mode: Host['mode'];

  constructor(settings: TurnSettings, files: FollowedFiles, attempts: FileAttempts, mode: Host['mode']) {
    this.#settings = settings;
    this.#files = files;
    this.#attempts = attempts;
    this.#mode = mode;
  }

  /** Ends the stream of a file that nothing more will come from. How many lines that gave; undefined if it is not yet time, or failed. */
  async finish(file: FollowedFile): Promise<number | undefined> {
    const { positions, log } = this.#settings;
    const isReplay = this.#mode === 'replay';
    const isAwaited = this.#files.isAwaited(file);
    const lost =
      isReplay || isAwaited || file.isOpen || file.behind === 0
        ? undefined
        : lostEndNotice(file.path, file.position, file.behind);
    if (!isReplay && !this.#isLetGo(file)) return undefined;
    const done = await this.#attempts.work(file, async (work) => {
      const reader = new UnitReader(this.#settings, file, work);
      if (lost) await announceFile(this.#settings, file, lost, work);
      await reader.finish(isReplay ? 'leave' : 'take');
      const position = reader.settle();
      if (isReplay) positions.put(work.state, file.id, position);
      else if (isAwaited) positions.put(work.state, file.id, { ...position, unseen: true });
      else positions.delete(work.state, file.id);
      return { position, lines: reader.lines };
    });
    if (done === undefined) return undefined;
    file.ended = true;
    if (lost) log.warn(lost.message);
    const left = isReplay ? file.behind : 0;
    const name = printable(file.path);
    if (left > 0) log.warn(`the last ${formatBytes(left)} of ${name} are no whole line and were not read`);
    if (isReplay) return done.lines;
    if (isAwaited) this.#files.setFree(file, done.position);
    else this.#files.forget(file);
    return done.lines;
  }

  /** Ends the stream of an archive that nothing more will come from. `end`: undefined if it has no end. */
  async finishArchive(file: FollowedFile, end: UnpackEnd | undefined): Promise<number | undefined> {
    const { positions, log } = this.#settings;
    const isWhole = end?.kind === 'whole';
    const notice = isWhole ? undefined : archiveNotice(file.path, file.position, end);
    const done = await this.#attempts.work(file, async (work) => {
      const reader = new UnitReader(this.#settings, file, work);
      await reader.finish(isWhole ? 'take' : 'leave');
      const archive = {
        size: file.packedSize,
        modified: String(file.modified),
        // What a replay finds without its end may still be written.
        complete: end !== undefined || this.#mode === 'run',
      };
      const position = { ...reader.settle(), archive };
      if (notice) await announceFile(this.#settings, file, notice, work);
      positions.put(work.state, file.id, position);
      return { position, lines: reader.lines };
    });
    if (done === undefined) return undefined;
    if (notice) log.warn(notice.message);
    file.position = done.position;
    file.ended = true;
    this.#files.closeOne(file);
    return done.lines;
  }

  /** A file without a name has been quiet for long enough that its writer has surely left it. */
  #isLetGo(file: FollowedFile): boolean {
    if (file.unlistedSince === undefined) return false;
    const { clock, pollMs, graceMs } = this.#settings;
    const grace = Math.max(graceMs, Math.min(gracePolls * pollMs, maxGraceMs));
    // Nothing took its place: the writer may still have it open (spec/k8s-audit.md §12.4).
    const patience = this.#files.hasSuccessor(file) ? 1 : patienceWithoutSuccessor;
    return clock() - Math.max(file.unlistedSince, file.changedAt) >= grace * patience;
  }
}
