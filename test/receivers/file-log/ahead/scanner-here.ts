import { setImmediate } from 'node:timers/promises';
import { lineScanner } from '../../../../src/detection/line-scanner.ts';
import { scanAhead } from '../../../../src/detection/scan-ahead.ts';
import type { ScanTarget } from '../../../../src/detection/scanners.ts';
import type { StretchScanner } from '../../../../src/receivers/file-log/ahead/scan-thread.ts';
import { StretchReader } from '../../../../src/receivers/file-log/ahead/stretch-reader.ts';
import type { ScannedRun, Stretch } from '../../../../src/receivers/file-log/ahead/stretch.ts';

/** Does what a thread does, but in this one, so that nothing depends on when it comes to it. */
export class ScannerHere implements StretchScanner {
  readonly started = Promise.resolve();
  /** Its answers, in order. */
  readonly answered: (readonly ScannedRun[])[] = [];
  readonly #reader: StretchReader;
  readonly #fails: () => boolean;
  isReady = true;
  waiting = 0;

  /** After a call of which `fails` says so it is as a thread that has died. */
  constructor(target: unknown, maxLine: number, fails: () => boolean = () => false) {
    // As a message is: what cannot be cloned would not arrive.
    const copy = structuredClone(target) as ScanTarget;
    this.#reader = new StretchReader(maxLine, scanAhead(copy, lineScanner));
    this.#fails = fails;
  }

  async scan(stretch: Stretch): Promise<readonly ScannedRun[]> {
    this.waiting++;
    await setImmediate();
    this.waiting--;
    if (this.#fails()) this.isReady = false;
    if (!this.isReady) return [];
    const runs = structuredClone(this.#reader.read(structuredClone(stretch)));
    this.answered.push(runs);
    return runs;
  }

  async close(): Promise<void> {
    this.#reader.close();
  }
}
