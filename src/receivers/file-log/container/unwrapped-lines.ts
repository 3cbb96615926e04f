import { isBlank } from '../../../record/blank.ts';
import { lineEnd } from '../../../record/line-batch.ts';
import { maxFrameLines, type Frame } from '../frames.ts';

const [lineFeed, space] = [10, 32];

/**
 * Writes lines over the bytes that they were wrapped in, a stretch at a time: to its end, so that a line ends where
 * the last that it is made of does, and offsets stay those of the file. What is left of a stretch becomes a blank line,
 * which is none.
 */
export class UnwrappedLines {
  readonly #bytes: Buffer;
  /** Where the frame begins that is not taken yet, and where the last stretch ends. */
  #start: number;
  #end: number;
  #spans: number[] = [];

  constructor(bytes: Buffer, start: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = start;
  }

  /** Behind the last stretch. */
  get end(): number {
    return this.#end;
  }

  /** A frame has as many lines as it may. */
  get isFull(): boolean {
    return this.#spans.length >= maxFrameLines * 2;
  }

  /** The stretch up to `end` is over, which has room for `lines` with their line ends. */
  add(lines: readonly Buffer[], end: number): void {
    const bytes = this.#bytes;
    let at = end - lines.reduce((sum, { length }) => sum + length + 1, 0);
    if (at > this.#end) {
      bytes.fill(space, this.#end, at - 1);
      bytes[at - 1] = lineFeed;
    }
    for (const line of lines) {
      line.copy(bytes, at);
      const newline = at + line.length;
      bytes[newline] = lineFeed;
      const to = lineEnd(bytes, at, newline);
      if (!isBlank(bytes, at, to)) this.#spans.push(at - this.#start, to - this.#start);
      at = newline + 1;
    }
    this.#end = end;
  }

  /** All stretches since the last frame, if there are any. */
  *take(): Generator<Frame, void> {
    if (this.#end > this.#start)
      yield { kind: 'lines', start: this.#start, end: this.#end, spans: this.#spans };
    this.#start = this.#end;
    this.#spans = [];
  }
}
