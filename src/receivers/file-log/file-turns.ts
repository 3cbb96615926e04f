import { Backoff } from '../../pipeline/backoff.ts';
import type { Host } from '../../pipeline/component.ts';
import type { Logger } from '../../pipeline/logger.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { noticeRecord } from '../../record/notice.ts';
import { RecordBatch } from '../../record/record-batch.ts';
import { unreachable } from '../../util/assert.ts';
import { formatBytes } from '../../util/byte-size.ts';
import { printable } from '../../util/printable.ts';
import { truncatedNotice } from './file-notices.ts';
import type { FilePositions } from './file-position.ts';
import type { Condition, FollowedFile } from './followed-file.ts';
import type { FollowedFiles } from './followed-files.ts';
import { SourceError } from './read-at.ts';
import { SayOnce } from './say-once.ts';
import { Standstill } from './standstill.ts';
import { UnitReader, type ReadSettings } from './unit-reader.ts';

/** How turns are taken. */
export interface TurnSettings extends ReadSettings {
  readonly positions: FilePositions;
  readonly log: Logger;
  /** The monotonic clock, in milliseconds. */
  readonly clock: () => number;
  readonly pollMs: number;
  /** How long a file without a name has to be quiet before it is let go, at least. */
  readonly graceMs: number;
}

const gracePolls = 4;
const maxGraceMs = 60_000;
const patienceWithoutSuccessor = 10;

/** Gives the files their turns, one unit of work each, and keeps them waiting while nobody downstream takes any. */
export class FileTurns {
  readonly #settings: TurnSettings;
  readonly #files: FollowedFiles;
  readonly #host: Host;
  readonly #said = new SayOnce();
  readonly #backoff = new Backoff({ initialMs: 100, multiplier: 2, randomization: 0, maxMs: 5_000 });
  readonly #reasons = new Set<string>();
  readonly #standstill: Standstill;
  #pausedUntil = 0;
  /** Files of a replay that could not be read to their end. */
  missed = 0;
  /** Lines and bytes of this run. */
  lines = 0;
  bytes = 0;

  constructor(settings: TurnSettings, files: FollowedFiles, host: Host) {
    this.#settings = settings;
    this.#files = files;
    this.#host = host;
    this.#standstill = new Standstill(host.health, settings.receiver, settings.clock);
  }

  /** How long nobody may read, in milliseconds; Infinity if nothing stands in the way. */
  get pauseMs(): number {
    if (this.#backoff.attempts === 0) return Infinity;
    return Math.max(0, this.#pausedUntil - this.#settings.clock());
  }

  /** True, when a round moved nothing, if that is because everything there is has been handed on. */
  isDone(): boolean {
    if (this.#backoff.attempts > 0) return false;
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
      if (isStopped() || this.#settings.clock() < this.#pausedUntil) break;
      if (await this.#turn(file)) served.add(file.family);
    }
    return served.size > 0;
  }

  async #turn(file: FollowedFile): Promise<boolean> {
    // Before the look, so that a change during the turn makes it due again.
    file.due = false;
    const condition = this.#inspect(file);
    switch (condition.kind) {
      case 'unreadable':
        return false;
      case 'other':
        return this.#restart(file);
      case 'grown':
        return (await this.#readOn(file)) || this.#perhapsFinish(file);
      case 'quiet':
        return this.#perhapsFinish(file);
      default:
        return unreachable(condition);
    }
  }

  #inspect(file: FollowedFile): Condition | { readonly kind: 'unreadable' } {
    try {
      const condition = file.inspect(this.#settings.clock());
      if (file.isOpen) this.#files.used(file);
      return condition;
    } catch (error) {
      this.#failed(file, error);
      return { kind: 'unreadable' };
    }
  }

  async #readOn(file: FollowedFile): Promise<boolean> {
    const before = file.position;
    const { id } = file;
    const done = await this.#work(file, async (work) => {
      const reader = new UnitReader(this.#settings, file, work);
      await reader.read();
      const position = reader.settle();
      if (reader.hasMoved) this.#settings.positions.put(work.state, id, position);
      return { position, lines: reader.lines, moved: reader.hasMoved };
    });
    if (done === undefined) return false;
    file.position = done.position;
    this.lines += done.lines;
    this.bytes += done.position.offset - before.offset;
    // At its end there is nothing to look for until it is reported or found to have grown.
    if (done.moved && (file.behind > 0 || this.#host.mode === 'replay')) file.due = true;
    else file.stall();
    return done.moved;
  }

  /** What `file` held was replaced under it: from now on it is another file. */
  async #restart(file: FollowedFile): Promise<boolean> {
    const { log, next, positions, resource } = this.#settings;
    const { offset } = file.position;
    const notice = truncatedNotice(file.path, file.position);
    const successor = await this.#work(file, async (work) => {
      const fresh = this.#files.successorOf(file);
      const record = noticeRecord(notice, resource, work.now);
      await next.consume(new RecordBatch([record], file.path, { stream: file.id, offset }), work);
      positions.put(work.state, file.id, { ...file.position, unseen: true });
      positions.put(work.state, fresh.id, fresh.position);
      return fresh;
    });
    if (successor === undefined) return false;
    log.warn(notice.message);
    this.#files.replace(file, successor);
    return true;
  }

  /** Ends the stream of a file that nothing more will come from. True if it did. */
  async #perhapsFinish(file: FollowedFile): Promise<boolean> {
    const { positions, log } = this.#settings;
    const isReplay = this.#host.mode === 'replay';
    if (!isReplay && !this.#isLetGo(file)) return false;
    const lines = await this.#work(file, async (work) => {
      const reader = new UnitReader(this.#settings, file, work);
      await reader.finish(isReplay ? 'leave' : 'take');
      const position = reader.settle();
      if (isReplay) positions.put(work.state, file.id, position);
      else positions.delete(work.state, file.id);
      return reader.lines;
    });
    if (lines === undefined) return false;
    this.lines += lines;
    file.ended = true;
    const left = isReplay || !file.isOpen ? file.behind : 0;
    const name = printable(file.path);
    if (left > 0) log.warn(`the last ${formatBytes(left)} of ${name} are no whole line and were not read`);
    if (!isReplay) this.#files.forget(file);
    return true;
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

  /** Undefined if it failed: then nothing of it happened, and the same will be tried again. */
  async #work<T>(file: FollowedFile, run: (work: UnitOfWork) => Promise<T>): Promise<T | undefined> {
    try {
      const result = await this.#host.work(run);
      if (this.#backoff.attempts > 0) {
        this.#settings.log.info(`reading goes on after ${this.#backoff.attempts} failed attempts`);
        this.#backoff.reset();
        this.#reasons.clear();
        this.#standstill.moved();
      }
      return result;
    } catch (error) {
      this.#failed(file, error);
      return undefined;
    }
  }

  #failed(file: FollowedFile, error: unknown): void {
    file.due = true;
    const { clock, log } = this.#settings;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof SourceError) {
      // Trouble of this file alone; a replay goes on without it.
      if (this.#host.mode === 'replay') {
        file.ended = true;
        this.missed++;
      }
      if (this.#said.isNews(file.id, message)) log.error(`${printable(file.path)}: ${printable(message)}`);
      return;
    }
    this.#pausedUntil = clock() + this.#backoff.next();
    this.#standstill.failed(message);
    // Numbers in it may differ from one attempt to the next.
    const reason = message.replaceAll(/\d+/g, '#');
    if (this.#reasons.has(reason)) return;
    this.#reasons.add(reason);
    log.warn(`reading waits: ${printable(message)}`);
  }
}
