import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import type { Consumer } from '../../../src/pipeline/consumer.ts';
import type { Health, Host, Receiver } from '../../../src/pipeline/component.ts';
import type { UnitOfWork } from '../../../src/pipeline/unit-of-work.ts';
import { fileLog } from '../../../src/receivers/file-log.ts';
import type { Batch } from '../../../src/record/batch.ts';
import type { LogRecord } from '../../../src/record/record.ts';
import { fromMillis } from '../../../src/record/time.ts';
import { WorkRunner } from '../../../src/service/work.ts';
import { counters } from '../../../src/store/counter.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { RecordingLogger } from '../../recording-logger.ts';
import { settings } from '../../settings.ts';

/** A line that was handed on and committed. */
export interface Arrived {
  readonly text: string;
  readonly stream: string;
  readonly source: string;
  /** Offset behind it. */
  readonly end: number;
  readonly record: LogRecord;
}

/** Resolves once `check` no longer throws; rejects with what it throws after a time that is always enough. */
export const eventually = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 5 });

/** A scene that is cleared away after the test. */
export function tailScene(): TailScene {
  const scene = new TailScene();
  onTestFinished(() => scene.discard());
  return scene;
}

/** Runs a receiver in a replay, to its end. */
export async function replay(scene: TailScene, options: object = {}): Promise<void> {
  scene.mode = 'replay';
  scene.caughtUpBy.length = 0;
  await scene.start(options);
  await eventually(() => expect(scene.caughtUpBy).toEqual(['file_log']));
  await scene.stop();
}

/** A directory with logs in it, a service of one receiver, and what came out of that. It outlives the receiver. */
export class TailScene implements Host, Consumer {
  readonly directory = mkdtempSync(join(tmpdir(), 'file-log-'));
  readonly store = new MemoryStore();
  readonly log = new RecordingLogger();
  mode: Host['mode'] = 'run';
  /** Committed, in order. */
  readonly lines: Arrived[] = [];
  readonly notices: LogRecord[] = [];
  readonly ended: string[] = [];
  readonly caughtUpBy: string[] = [];
  readonly failures: Error[] = [];
  /** What is reported to stand in the way, by component. */
  readonly problems = new Map<string, string>();
  readonly health: Health = {
    set: (component, problem) => {
      if (problem === undefined) this.problems.delete(component);
      else this.problems.set(component, problem);
    },
  };
  /** What each unit of work read. */
  readonly units: { readonly lines: number; readonly bytes: number }[] = [];
  /** Throws to refuse a batch. */
  refuse: (batch: Batch, work: UnitOfWork) => void = () => {};
  readonly #runner = new WorkRunner(this.store, () => fromMillis(1_775_995_200_000));
  readonly #running: Receiver[] = [];

  get texts(): readonly string[] {
    return this.lines.map(({ text }) => text);
  }

  path(name: string): string {
    return join(this.directory, name);
  }

  /** Starts a receiver on `*.log` that polls often, unless `options` say otherwise. */
  async start(options: object = {}): Promise<Receiver> {
    const config = fileLog.schema.parse({
      include: this.path('*.log'),
      start_at: 'beginning',
      poll_interval: '10ms',
      ...options,
    });
    const receiver = await fileLog.create(settings('file_log', { log: this.log }), config, this);
    this.#running.push(receiver);
    await receiver.start(this);
    return receiver;
  }

  async stop(): Promise<void> {
    for (const receiver of this.#running.splice(0)) await receiver.shutdown(AbortSignal.timeout(5_000));
  }

  async work<T>(run: (work: UnitOfWork) => Promise<T>): Promise<T> {
    const { lines: linesBefore = 0, bytes: bytesBefore = 0 } = this.counted;
    const result = await this.#runner.run(run);
    const { lines = 0, bytes = 0 } = this.counted;
    if (bytes > bytesBefore) this.units.push({ lines: lines - linesBefore, bytes: bytes - bytesBefore });
    return result;
  }

  async consume(batch: Batch, work: UnitOfWork): Promise<void> {
    this.refuse(batch, work);
    const { stream } = batch.position;
    const lines: Arrived[] = [];
    const notices: LogRecord[] = [];
    for (let index = 0; index < batch.size; index++) {
      const record = batch.record(index);
      const { text, end } = batch.line(index);
      if (record.eventName === 'riskpipe.notice') notices.push(record);
      else lines.push({ text, stream, source: batch.source, end, record });
    }
    work.afterCommit(() => {
      this.lines.push(...lines);
      this.notices.push(...notices);
      if (batch.last) this.ended.push(stream);
    });
  }

  caughtUp(receiver: string): void {
    this.caughtUpBy.push(receiver);
  }

  fail(error: Error): void {
    this.failures.push(error);
  }

  /** The counters of the receiver. */
  get counted(): Readonly<Record<string, number>> {
    return Object.fromEntries(counters({ scan: (table) => this.store.scan(table) }, 'file_log'));
  }

  get positions(): readonly unknown[] {
    return this.store.scan('position/file_log').map(([, row]) => row);
  }

  async discard(): Promise<void> {
    await this.stop();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
