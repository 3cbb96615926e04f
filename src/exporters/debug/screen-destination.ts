import type { Writable } from 'node:stream';
import type { Destination, Outcome } from '../../pipeline/outbox/destination.ts';
import type { LogRecord } from '../../record/record.ts';
import { basicText } from './basic-text.ts';
import { detailedText } from './detailed-text.ts';
import { normalText } from './normal-text.ts';
import { coloured, plain, type Screen } from './screen.ts';

type Verbosity = 'basic' | 'normal' | 'detailed';

/** Standard output, or what stands for it in a test. */
type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

// One for all, and never taken away: a stream whose reader has gone reports it as an `error` event at any time, and
// without a listener that would end the process. Whoever writes learns of it from the write itself.
const ignoreError = (): void => {};

/** Writes records as text, for as long as somebody reads it. */
export class ScreenDestination implements Destination {
  readonly #output: Output;
  readonly #verbosity: Verbosity;
  readonly #noColor: string;

  /** `noColor` is the variable NO_COLOR (no-color.org): anything but empty forbids colours on a terminal. */
  constructor(output: Output, verbosity: Verbosity, noColor: string) {
    this.#output = output;
    this.#verbosity = verbosity;
    this.#noColor = noColor;
  }

  async open(): Promise<void> {
    if (!this.#output.listeners('error').includes(ignoreError)) this.#output.on('error', ignoreError);
  }

  /**
   * Resolves when the operating system has taken the text, with `wait` when it cannot or `signal` aborts, with `closed`
   * when the reader has gone.
   */
  deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome> {
    const text = this.#text(records);
    return new Promise((resolve) => {
      const stop = (): void => resolve({ kind: 'wait', reason: 'stopped before standard output took it' });
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      this.#output.write(text, (error) => {
        signal.removeEventListener('abort', stop);
        if (!error) return resolve({ kind: 'delivered' });
        if (isClosed(error))
          return resolve({ kind: 'closed', reason: 'nobody reads standard output any more' });
        resolve({ kind: 'wait', reason: `cannot write to standard output: ${error.message}` });
      });
    });
  }

  #text(records: readonly LogRecord[]): string {
    const { isTTY, columns } = this.#output;
    const terminal = isTTY === true;
    const screen: Screen = {
      style: terminal && this.#noColor === '' ? coloured : plain,
      width: terminal && columns !== undefined && columns > 0 ? columns : Infinity,
    };
    if (this.#verbosity === 'basic') return basicText(records);
    const text = this.#verbosity === 'normal' ? normalText : detailedText;
    return records.map((record) => `${text(record, screen)}\n`).join('');
  }
}

/** The other end of the pipe is closed, which no second attempt changes. */
function isClosed(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}
