import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ScannedRun, Stretch, ThreadOrder } from './stretch.ts';

/** One that scans stretches, one after the other. */
export interface StretchScanner {
  /** Resolves when it is ready, or has failed. */
  readonly started: Promise<void>;
  /** It has started and has not failed. */
  readonly isReady: boolean;
  /** How many stretches it has not yet answered. */
  readonly waiting: number;
  /** Answers with what it knows of the stretch, which is nothing if it fails. Never rejects. */
  scan(stretch: Stretch): Promise<readonly ScannedRun[]>;
  close(): Promise<void>;
}

/** A thread of this process that scans stretches (`scan-worker.ts`). */
export class ScanThread implements StretchScanner {
  readonly #worker: Worker;
  readonly #answers: ((runs: readonly ScannedRun[]) => void)[] = [];
  #state: 'starting' | 'ready' | 'ended' = 'starting';
  #decided: () => void = () => {};
  readonly started = new Promise<void>((resolve) => {
    this.#decided = resolve;
  });

  /** `failed` is told why it ended, unless it was closed. */
  constructor(program: string, order: ThreadOrder, failed: (reason: string) => void) {
    this.#worker = new Worker(program, { workerData: order, resourceLimits });
    this.#worker.on('message', (runs: readonly ScannedRun[] | 'ready') => {
      if (runs === 'ready') this.#become('ready');
      else this.#answers.shift()?.(runs);
    });
    this.#worker.on('error', (error) => {
      if (this.#state !== 'ended') failed(error.message);
      this.#end();
    });
    this.#worker.on('exit', (code) => {
      if (this.#state !== 'ended') failed(`it ended with code ${code}`);
      this.#end();
    });
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  get waiting(): number {
    return this.#answers.length;
  }

  scan(stretch: Stretch): Promise<readonly ScannedRun[]> {
    if (this.#state === 'ended') return Promise.resolve([]);
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      this.#worker.postMessage(stretch);
    });
  }

  #become(state: 'ready' | 'ended'): void {
    this.#state = state;
    this.#decided();
  }

  async close(): Promise<void> {
    this.#end();
    await this.#worker.terminate();
  }

  #end(): void {
    this.#become('ended');
    for (const answer of this.#answers.splice(0)) answer([]);
  }
}

/** Little is garbage in such a thread, and it is soon. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 };

/** The program of the threads; undefined if this build has none. */
export const threadProgram = (): string | undefined => places.find((place) => existsSync(place));

/** Beside the built program, and where the build puts it when the source runs itself. */
const places = ['.', '..', '../../../../dist'].map((path) =>
  join(import.meta.dirname, path, 'scan-worker.js'),
);
