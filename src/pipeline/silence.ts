import { noticeRecord } from '../record/notice.ts';
import { RecordBatch } from '../record/record-batch.ts';
import type { Resource } from '../record/record.ts';
import { counters } from '../store/counter.ts';
import { formatDuration } from '../util/duration.ts';
import { reasonOf } from '../util/reason-of.ts';
import type { Host } from './component.ts';
import type { Consumer } from './consumer.ts';
import type { Logger } from './logger.ts';
import type { UnitOfWork } from './unit-of-work.ts';

/** What is watched, and who hears of it. */
export interface SilenceSettings {
  readonly receiver: string;
  /** How long no line may come, in milliseconds; 0: for ever. */
  readonly silenceMs: number;
  readonly resource: Resource;
  readonly next: Consumer;
  readonly log: Logger;
  /** The monotonic clock, in milliseconds. */
  readonly clock: () => number;
}

const key = 'lines';

/**
 * Tells when the log goes silent, and when it is heard again: an API server always has something to log, so silence
 * means that the log, or the way to it, is broken or was switched off (spec/reliability.md W35). Each silence is told
 * once, also across restarts: it is known by the number of lines that came before it.
 */
export class Silence {
  readonly #settings: SilenceSettings;
  readonly #host: Host;
  readonly #table: string;
  #lines = -1;
  #heardAt: number;

  constructor(settings: SilenceSettings, host: Host) {
    this.#settings = settings;
    this.#host = host;
    this.#table = `silence/${settings.receiver}`;
    this.#heardAt = settings.clock();
  }

  /** A look at how many lines have come in this run. What cannot be told now is told at a later look. */
  async look(lines: number): Promise<void> {
    const { silenceMs, clock } = this.#settings;
    if (silenceMs === 0) return;
    const told = this.#host.store.get(this.#table, key) !== undefined;
    if (lines !== this.#lines) {
      const isFirst = this.#lines === -1;
      this.#lines = lines;
      this.#heardAt = clock();
      if (told && !(isFirst && lines === 0)) await this.#tell('log_heard_again', heardText);
    } else if (!told && clock() - this.#heardAt >= silenceMs) {
      await this.#tell('log_silent', silentText(silenceMs));
    }
  }

  async #tell(kind: 'log_silent' | 'log_heard_again', message: string): Promise<void> {
    const { receiver, log } = this.#settings;
    try {
      await this.#host.work((work) => this.#put(work, kind, `${receiver}: ${message}`));
      log.warn(message);
    } catch (error) {
      log.debug(`could not tell that the log is silent or heard again: ${reasonOf(error)}`);
      // The next look is a first one: an end of the silence is told then, a silence after its time.
      this.#lines = -1;
    }
  }

  async #put(work: UnitOfWork, kind: string, message: string): Promise<void> {
    const { receiver, resource, next } = this.#settings;
    const before = Number(
      work.state.get(this.#table, key) ?? counters(work.state, receiver).get('lines') ?? 0,
    );
    if (kind === 'log_silent') work.state.put(this.#table, key, before);
    else work.state.delete(this.#table, key);
    const attributes = { 'riskpipe.receiver': receiver };
    const notice = { kind, message, identity: [receiver, String(before)], attributes };
    const record = noticeRecord(notice, resource, work.now);
    await next.consume(new RecordBatch([record], receiver, { stream: receiver, offset: 0 }), work);
  }
}

const silentText = (ms: number): string =>
  `no line has come for ${formatDuration(ms)}; look whether the API server still writes or sends its audit log here, and whether its audit policy was changed`;

const heardText = 'lines come again after a silence';
