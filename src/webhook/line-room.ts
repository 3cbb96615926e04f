import type { LineBatchOptions } from '../record/line-batch.ts';
import { blockBytes, scanBlock } from '../record/scan-block.ts';

/** Lines of a body, as a `LineBatch` has them; valid until the next ones. */
export type LineRun = Required<Pick<LineBatchOptions, 'bytes' | 'spans' | 'size'>> &
  Pick<LineBatchOptions, 'memory'>;

const lineFeed = 10;
const space = 32;

/** Where the events of a request become lines: one behind the other, in the memory of batches. */
export class LineRoom {
  readonly #scannable = scanBlock();
  readonly #block = this.#scannable?.bytes ?? Buffer.allocUnsafeSlow(blockBytes);

  /** `events` as lines, in order, as many at a time as there is room for. */
  *lines(events: Iterable<Buffer>): Generator<LineRun, void> {
    let used = 0;
    let found: number[] = [];
    for (const event of events) {
      const room = event.length + 1;
      if (used + room > blockBytes && found.length > 0) {
        yield this.#run(used, found);
        [used, found] = [0, []];
      }
      if (room > blockBytes) {
        yield longLine(event);
        continue;
      }
      writeLine(event, this.#block, used);
      found.push(used, used + room - 1);
      used += room;
    }
    if (found.length > 0) yield this.#run(used, found);
  }

  #run(length: number, spans: readonly number[]): LineRun {
    const memory = this.#scannable?.memory;
    return { bytes: this.#block.subarray(0, length), memory, spans, size: spans.length / 2 };
  }
}

/** One line that is longer than the block, in a piece of memory of its own. */
function longLine(event: Buffer): LineRun {
  const bytes = Buffer.allocUnsafeSlow(event.length + 1);
  writeLine(event, bytes, 0);
  return { bytes, memory: undefined, spans: [0, event.length], size: 1 };
}

/** Copies an event to `at`, with a line end. In JSON a line end only stands where a space may. */
function writeLine(event: Buffer, target: Buffer, at: number): void {
  event.copy(target, at);
  const end = at + event.length;
  target[end] = lineFeed;
  for (let found = target.indexOf(lineFeed, at); found < end; found = target.indexOf(lineFeed, found + 1)) {
    target[found] = space;
  }
}
