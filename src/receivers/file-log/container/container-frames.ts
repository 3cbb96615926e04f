import { isBlank } from '../../../record/blank.ts';
import { frames, type Frame, type Unwrapping } from '../frames.ts';
import { plainEnd } from '../plain-lines.ts';
import { containerLineReader, type ContainerFormat, type ReadContainerLine } from './container-line.ts';
import { joinCutLine, type CutLine } from './join-cut-line.ts';
import { OpenLines } from './open-lines.ts';
import { UnwrappedLines } from './unwrapped-lines.ts';

/** What a runtime adds to one line at most: Docker writes six bytes for one, and cuts at 16 KiB. */
const wrapperBytes = 131_072;
/** As much of a line as tells it from others. */
const headBytes = 256;
const lineFeed = 10;

/**
 * Takes apart a log that a container runtime has written. Lines that are not of its format are handed on as they are.
 *
 * A frame ends only where no line of the container is open: so reading may begin again behind any of them, knowing
 * nothing of what came before. One that is oversize takes no room: the frame of the stretch that it is in follows.
 */
export class ContainerFrames implements Unwrapping {
  /** How many bytes of the log, at most, are waited for until no line of the container is open. */
  readonly longest: number;
  readonly #maxLine: number;
  readonly #read: ReadContainerLine;

  /** `maxLine`: the longest line that a container may have written, in bytes. */
  constructor(format: ContainerFormat | undefined, maxLine: number) {
    this.#read = containerLineReader(format);
    this.#maxLine = maxLine;
    // Lines of the other stream may stand between the parts.
    this.longest = 2 * maxLine + wrapperBytes;
  }

  /**
   * As `frames`, and writes over `bytes` while it is asked. Behind the last frame stands a line that is not complete, or
   * the first part of one; if nothing more comes, `isAll`, what there is of it is a line.
   */
  *frames(bytes: Buffer, isAll = false): Generator<Frame, void> {
    const end = plainEnd(bytes, this.longest);
    if (end === undefined) yield* this.#among(bytes, isAll);
    else yield* this.#lines(bytes, 0, end, isAll);
  }

  /** What is left at the end of one file and what the next begins with, as `joinCutLine` has it. */
  join(before: Buffer, after: Buffer): CutLine {
    const cut = joinCutLine(before, after, this.#read);
    return cut.kind === 'whole' && cut.line.length > this.#maxLine ? { kind: 'none' } : cut;
  }

  /** Frames of bytes in which there is not only lines: whatever else there is ends the lines before it. */
  *#among(bytes: Buffer, isAll: boolean): Generator<Frame, void> {
    let [from, to] = [0, 0];
    // With its "\r" a line is one byte longer.
    for (const frame of frames(bytes, this.longest - 1)) {
      if (frame.kind !== 'lines') {
        yield* this.#lines(bytes.subarray(0, to), from, to, true);
        yield frame.kind === 'torn' ? this.#torn(bytes, frame) : frame;
        from = frame.end;
      }
      to = frame.end;
    }
    yield* this.#lines(bytes, from, to, isAll);
  }

  /**
   * Frames of the whole lines from `from` to `end`. Nobody waits for ever for the rest of a line: what there is of it
   * is given up, and what is still to come is a line of its own.
   */
  *#lines(bytes: Buffer, from: number, end: number, isAll: boolean): Generator<Frame, void> {
    for (let at = from; at < end;) {
      const left = yield* this.#unwrapped(bytes, at, end, isAll);
      if (bytes.length - left.from <= this.longest + 1) return;
      const last = bytes.lastIndexOf(lineFeed, left.from + this.longest) + 1;
      at = Math.min(last, left.starts[1] ?? last);
      if (at > left.from) yield* this.#unwrapped(bytes, left.from, at, true);
    }
  }

  /** As `#lines`, up to a line that is open for too long. */
  *#unwrapped(bytes: Buffer, from: number, end: number, isAll: boolean): Generator<Frame, LeftOpen> {
    const open = new OpenLines();
    const unwrapped = new UnwrappedLines(bytes, from);
    for (let at = from, next = from; at < end; at = next) {
      next = bytes.indexOf(lineFeed, at) + 1;
      // The first line of a stretch is taken in any case: a blank one may be of any length.
      if (at > unwrapped.end && next - unwrapped.end > this.longest + 1) break;
      const payload = this.#join(bytes, at, next, open);
      if (isAll && next === end) open.endAll();
      if (!open.isEmpty) continue;
      const ended = payload === undefined ? open.takeEnded() : [payload];
      const fitting = ended.every(this.#fits) ? ended : ended.filter(this.#fits);
      if (fitting !== ended) {
        yield* unwrapped.take();
        yield* this.#oversize(bytes, ended, unwrapped.end);
      }
      unwrapped.add(fitting, next);
      if (unwrapped.isFull) yield* unwrapped.take();
    }
    yield* unwrapped.take();
    return { from: unwrapped.end, starts: open.starts };
  }

  /** What is whole in the line from `at` to behind its end; undefined if it joined those that are open. */
  #join(bytes: Buffer, at: number, next: number, open: OpenLines): Buffer | undefined {
    const line = this.#read(bytes, at, next - 1);
    const payload = line?.payload ?? bytes.subarray(at, next - 1);
    if (open.isEmpty && line?.isLast !== false) return payload;
    if (line === undefined) open.addOther(payload);
    else open.add(line, at);
    return undefined;
  }

  /** Those of `lines` that are too long; the frame of the others, which are of the same stretch, follows. */
  *#oversize(bytes: Buffer, lines: readonly Buffer[], start: number): Generator<Frame, void> {
    for (const line of lines) {
      if (this.#fits(line)) continue;
      line.copy(bytes, start, 0, headBytes);
      yield { kind: 'oversize', start, end: start, length: line.length };
    }
  }

  #torn(bytes: Buffer, { start, end }: Frame): Frame {
    const payload = this.#read(bytes, start, end)?.payload ?? bytes.subarray(start, end);
    const { length } = payload;
    payload.copy(bytes, end - length);
    return this.#fits(payload)
      ? { kind: 'torn', start: end - length, end }
      : { kind: 'oversize', start: end - length, end, length };
  }

  readonly #fits = (line: Buffer): boolean => line.length <= this.#maxLine || isBlank(line, 0, line.length);
}

/** What was left where a stretch of lines ends. */
interface LeftOpen {
  /** Everything before it was handed on. */
  readonly from: number;
  /** Where the lines begin that are open, the oldest first. */
  readonly starts: readonly number[];
}
