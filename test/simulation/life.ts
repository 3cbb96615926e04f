import type { Health, Host } from '../../src/pipeline/component.ts';
import { OutboxExporter } from '../../src/pipeline/outbox.ts';
import type { UnitOfWork } from '../../src/pipeline/unit-of-work.ts';
import { Discovery } from '../../src/receivers/file-log/discovery.ts';
import { FilePositions } from '../../src/receivers/file-log/file-position.ts';
import { FileTurns } from '../../src/receivers/file-log/file-turns.ts';
import { ReadBuffer } from '../../src/receivers/file-log/read-buffer.ts';
import { noResource } from '../../src/record/record.ts';
import { fromMillis, type Time } from '../../src/record/time.ts';
import { WorkRunner } from '../../src/service/work.ts';
import { StoreError } from '../../src/store/store.ts';
import { RecordingLogger } from '../recording-logger.ts';
import { LogWriter, maxLine } from './log-writer.ts';
import type { ModelBackend } from './model-backend.ts';
import type { ModelFiles } from './model-files.ts';
import type { ModelStore } from './model-store.ts';
import { SimulatedProcessor } from './simulated-processor.ts';
import type { VirtualTime } from './virtual-time.ts';

export const receiverId = 'file_log';
export const exporterId = 'otlp_http';

/** What a process finds around it. */
export interface LifeParts {
  readonly files: ModelFiles;
  readonly time: VirtualTime;
  readonly store: ModelStore;
  readonly backend: ModelBackend;
}

// One for all lives: it is 128 MiB of address space, and nothing in it outlives a unit of work.
const buffer = new ReadBuffer(maxLine + 2);

const outboxOptions = {
  maxRecords: 8,
  maxBytes: 100_000,
  flushMs: 200,
  quota: { records: 10_000, bytes: 2 ** 24 },
  retry: { initialMs: 1_000, multiplier: 1.5, randomization: 0.5, maxMs: 30_000 },
  probeMs: 60_000,
};

/**
 * One process: the receiver's discovery and turns, the engine, the outbox and the units of work are those that ship.
 * Only the loop that calls them is whoever drives this: it chooses what comes next.
 */
export class Life implements Host {
  readonly mode = 'run';
  readonly store: ModelStore;
  readonly health: Health = { set: () => {} };
  readonly log = new RecordingLogger();
  /** Why the process has to end. */
  failure: Error | undefined;
  /** It has handed on everything it knew of at its last look. */
  isCurrent = false;
  started = false;
  isReading = false;
  isTicking = false;
  readonly #parts: LifeParts;
  readonly #exporter: OutboxExporter;
  readonly #processor: SimulatedProcessor;
  readonly #runner: WorkRunner;
  #discovery: Discovery | undefined;
  #turns: FileTurns | undefined;

  constructor(parts: LifeParts) {
    this.#parts = parts;
    this.store = parts.store;
    const now = (): Time => fromMillis(parts.time.wall);
    this.#runner = new WorkRunner(parts.store, now, () => parts.time.now);
    const settings = { id: exporterId, pipeline: '', directory: '', log: this.log, now };
    this.#exporter = new OutboxExporter(settings, outboxOptions, parts.backend);
    this.#processor = new SimulatedProcessor(this.#exporter);
  }

  get waiting(): number {
    return this.#exporter.waiting();
  }

  async start(): Promise<void> {
    const { time, files } = this.#parts;
    await this.#exporter.start(this);
    await this.work((work) => this.#processor.begin(work));
    const common = {
      receiver: receiverId,
      log: this.log,
      positions: new FilePositions(receiverId),
      clock: () => time.now,
      next: this.#processor,
      include: LogWriter.include(files.directory),
      exclude: [],
      startAt: 'beginning' as const,
      pollMs: 250,
      maxLine,
      resource: noResource,
      attributesOf: () => ({}),
      maxOpen: 16,
      silenceMs: 0,
      graceMs: 1_000,
      readAhead: () => undefined,
    };
    this.#discovery = new Discovery(common, this);
    await this.#discovery.look();
    this.#turns = new FileTurns({ ...common, buffer }, this.#discovery.files, this);
    this.started = true;
  }

  /** One round of the receiver, after a poll if `renamed` says whether names changed. */
  async read(renamed: boolean | undefined): Promise<boolean> {
    if (this.#discovery === undefined || this.#turns === undefined) return false;
    this.isReading = true;
    try {
      if (renamed !== undefined) await this.#discovery.poll({ renamed, watched: false });
      const moved = await this.#turns.round(() => false);
      this.isCurrent = !moved && this.#turns.isDone();
      return moved;
    } catch (error) {
      this.fail(error instanceof Error ? error : new Error(String(error)));
      return false;
    } finally {
      this.isReading = false;
    }
  }

  /** Wall time moves on, as far as it may while there is a backlog. */
  async tick(): Promise<void> {
    if (!this.isCurrent) return;
    this.isTicking = true;
    try {
      let more = true;
      while (more) more = await this.work((work) => this.#processor.tick(work));
    } catch {
      // What a tick could not do the next one does.
    } finally {
      this.isTicking = false;
    }
  }

  work<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    return this.#runner.run(run).catch((error: unknown) => {
      if (error instanceof StoreError && error.reason !== 'full') this.fail(error);
      throw error;
    });
  }

  caughtUp(): void {}

  fail(error: Error): void {
    this.failure ??= error;
  }
}
