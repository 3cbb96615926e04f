import { beginsDocument } from '../../../envelope/contents-in.ts';
import type { Encoding } from '../../../envelope/encoding.ts';
import { Unpacked } from '../../../envelope/unpacked.ts';
import { frames, type Frame, type Unwrapping } from '../frames.ts';

/** As often as the longest line may what one line holds be unpacked to, all together. */
const mostLines = 16;

/**
 * Takes apart a log whose lines are documents that hold events. Each is a frame by itself, however much it holds; a line
 * that is no document is handed on as it is.
 */
export class EnvelopeFrames implements Unwrapping {
  readonly longest: number;
  readonly #encoding: Encoding;

  /** `maxLine`: the longest line, in bytes; nothing that is packed in one may be longer, either. */
  constructor(encoding: Encoding, maxLine: number) {
    this.#encoding = encoding;
    this.longest = maxLine;
  }

  *frames(bytes: Buffer): Generator<Frame, void> {
    for (const frame of frames(bytes, this.longest)) {
      if (frame.kind === 'lines') yield* this.#lines(bytes, frame.start, frame.end, frame.spans);
      else if (frame.kind === 'torn') yield this.#document(bytes, frame.start, frame.end, frame.end) ?? frame;
      else yield frame;
    }
  }

  /** The lines from `start` to `end`, one by one; blank ones belong to those before them. */
  *#lines(bytes: Buffer, start: number, end: number, spans: readonly number[]): Generator<Frame, void> {
    let from = start;
    for (let index = 0; index < spans.length; index += 2) {
      const [first = 0, last = 0, next = end - start] = spans.slice(index, index + 3);
      const line = this.#document(bytes, start + first, start + last, start + next);
      const asItIs = [start + first - from, start + last - from];
      yield line ?? { kind: 'lines', start: from, end: start + next, spans: asItIs };
      from = start + next;
    }
    if (from < end) yield { kind: 'lines', start: from, end, spans: [] };
  }

  /** What stands from `start` to `to`, in a frame that ends at `end`; undefined if it is no document. */
  #document(bytes: Buffer, start: number, to: number, end: number): Frame | undefined {
    const document = bytes.subarray(start, to);
    if (!beginsDocument(document)) return undefined;
    const limits = { piece: this.longest, all: mostLines * this.longest };
    return { kind: 'document', start, end, unpacked: new Unpacked(document, this.#encoding, limits) };
  }
}
