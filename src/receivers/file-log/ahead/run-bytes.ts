import { readAt } from '../read-at.ts';
import type { Chunk, ReadBuffer } from '../read-buffer.ts';
import type { ScannedRun } from './stretch.ts';

/** After so many lines one by one, the others are read together. */
const mostSingle = 48;
const lineFeed = 10;
const carriageReturn = 13;

/**
 * The bytes of lines that were scanned by somebody else, read again as far as they are wanted. Throws if they are not
 * what they were: the file is then looked at anew.
 */
export class RunBytes {
  readonly #fd: number;
  readonly #run: ScannedRun;
  readonly #buffer: ReadBuffer;
  #all: Chunk | undefined;
  #singles = 0;

  /** `buffer` is its own until nobody asks any more; it holds at least all of the run. */
  constructor(fd: number, run: ScannedRun, buffer: ReadBuffer) {
    this.#fd = fd;
    this.#run = run;
    this.#buffer = buffer;
  }

  /** The line that begins at offset `from` of the run, and whose line end begins at `to`. */
  line(from: number, to: number): Uint8Array {
    if (this.#singles++ >= mostSingle) return this.all().bytes.subarray(from, to);
    const line = Buffer.allocUnsafe(to - from + 1);
    const length = readAt(this.#fd, line, this.#run.start + from);
    const end = line[to - from];
    if (length < line.length || (end !== lineFeed && end !== carriageReturn)) throw this.#changed();
    return line.subarray(0, -1);
  }

  all(): Chunk {
    if (this.#all !== undefined) return this.#all;
    const { start, length } = this.#run;
    const chunk = this.#buffer.read(this.#fd, start, length);
    if (chunk.bytes.length < length || chunk.bytes.at(-1) !== lineFeed) throw this.#changed();
    return (this.#all = chunk);
  }

  #changed(): Error {
    return new Error(`the file changed at byte ${this.#run.start} while it was read`);
  }
}
