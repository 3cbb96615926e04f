import { Backoff } from '../../pipeline/backoff.ts';
import type { Host } from '../../pipeline/component.ts';
import type { UnitOfWork } from '../../pipeline/unit-of-work.ts';
import { printable } from '../../util/printable.ts';
import { reasonOf } from '../../util/reason-of.ts';
import type { FollowedFile } from './followed-file.ts';
import { SourceError } from './read-at.ts';
import { SayOnce } from './say-once.ts';
import { Standstill } from './standstill.ts';
import type { TurnSettings } from './turn-settings.ts';

/** Runs the units of work of files, and keeps them waiting while nobody downstream takes any. */
export class FileAttempts {
  readonly #settings: Pick<TurnSettings, 'receiver' | 'clock' | 'log'>;
  readonly #host: Host;
  readonly #said = new SayOnce();
  readonly #backoff = new Backoff({ initialMs: 100, multiplier: 2, randomization: 0, maxMs: 5_000 });
  readonly #reasons = new Set<string>();
  readonly #standstill: Standstill;
  #pausedUntil = 0;
  /** Files of a replay that could not be read to their end. */
  missed = 0;

  constructor(settings: Pick<TurnSettings, 'receiver' | 'clock' | 'log'>, host: Host) {
    this.#settings = settings;
    this.#host = host;
    this.#standstill = new Standstill(host.health, settings.receiver, settings.clock);
  }

  /** Nobody downstream has taken anything since an attempt failed. */
  get isRefused(): boolean {
    return this.#backoff.attempts > 0;
  }

  /** True while nobody may read. */
  get isPaused(): boolean {
    return this.#settings.clock() < this.#pausedUntil;
  }

  /** How long nobody may read, in milliseconds; Infinity if nothing stands in the way. */
  get pauseMs(): number {
    if (!this.isRefused) return Infinity;
    return Math.max(0, this.#pausedUntil - this.#settings.clock());
  }

  /** Undefined if it failed: then nothing of it happened, and the same will be tried again. */
  async work<T>(file: FollowedFile, run: (work: UnitOfWork) => Promise<T>): Promise<T | undefined> {
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
      this.failed(file, error);
      return undefined;
    }
  }

  /** Takes note of an attempt that failed, and says so if that is news. */
  failed(file: FollowedFile, error: unknown): void {
    file.due = true;
    const { clock, log } = this.#settings;
    const message = reasonOf(error);
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
