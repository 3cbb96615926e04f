import { BatchMemory } from '../record/batch-memory.ts';
import type { LineBatchOptions } from '../record/line-batch.ts';

/** Lines of a body, as a `LineBatch` has them; valid until the next ones. */
export type LineRun = Required<Pick<LineBatchOptions, 'bytes' | 'spans' | 'size'>> &
  Pick<LineBatchOptions, 'memory'>;

/** What stays near the processor from the copy to the last look at it (spec/performance.md §3). */
const blockBytes = 1_048_576;
/** For the block, and for the tables of the scanners that look at it: address space, used as far as it is needed. */
const memoryBytes = 134_217_728;
/** A scanner looks at whole vectors of bytes. */
const marginBytes = 128;

const lineFeed = 10;
const space = 32;

/** Where the events of a request become lines: one behind the other, in the memory of batches. */
export class LineRoom {
  /** Undefined where there is no such memory. */
  readonly #memory = BatchMemory.ofSize(memoryBytes);
  readonly #block = blockIn(this.#memory);

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
    return { bytes: this.#block.subarray(0, length), memory: this.#memory, spans, size: spans.length / 2 };
  }
}

function blockIn(memory: BatchMemory | undefined): Buffer {
  if (memory === undefined) return Buffer.allocUnsafeSlow(blockBytes);
  const offset = memory.reserve(blockBytes + marginBytes, marginBytes);
  return memory.buffer.subarray(offset, offset + blockBytes);
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
