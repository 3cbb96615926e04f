import { isBlank } from '../record/blank.ts';
import { isOwnEvent } from '../record/own.ts';
import type { ReceivedBatch } from '../record/received-batch.ts';
import { blockBytes, scanBlock, type ScanBlock } from '../record/scan-block.ts';
import type { LineScanner } from './scanner.ts';
import type { ClockMark, Sighting } from './sighting.ts';

const lineFeed = 10;
const carriageReturn = 13;

/** A record that some plan may hold for. */
interface Candidate {
  readonly index: number;
  /** As `FoundLines` have them; undefined: it cannot be told from its bytes. */
  readonly plans: readonly number[] | undefined;
}

/** Scans the bodies of records: copied one behind the other, as lines, into memory that a scanner can look at. */
export class ReceivedSight {
  readonly #words: number;
  readonly #block: ScanBlock;
  #used = 0;
  /** What lies in the block: the number of each record, and the offset of its line. */
  #held: { readonly index: number; readonly start: number }[] = [];
  #candidates: Candidate[] = [];

  private constructor(block: ScanBlock, words: number) {
    this.#block = block;
    this.#words = words;
  }

  /** For so many plans; undefined where there is no such memory. */
  static of(plans: number): ReceivedSight | undefined {
    const block = scanBlock();
    return block && new ReceivedSight(block, Math.ceil(plans / 32));
  }

  /**
   * What `scanner` sees in the records of a batch that are not our own. Starts and ends are their numbers: what is
   * looked at closely is the record itself, of which the copy may only say that it need not be.
   */
  see(batch: ReceivedBatch, scanner: LineScanner): Sighting {
    this.#candidates = [];
    const foreign: number[] = [];
    for (let index = 0; index < batch.size; index++) {
      if (isOwnEvent(batch.eventName(index))) continue;
      foreign.push(index);
      const { bytes } = batch.line(index);
      if (this.#used + bytes.length >= blockBytes) this.#scan(scanner);
      if (!this.#hold(index, bytes)) this.#candidates.push({ index, plans: undefined });
    }
    this.#scan(scanner);
    return sightingOf(
      batch,
      foreign,
      this.#candidates.toSorted((one, other) => one.index - other.index),
    );
  }

  /** False if these bytes are not exactly one line. */
  #hold(index: number, bytes: Uint8Array): boolean {
    const { bytes: block } = this.#block;
    const [start, end] = [this.#used, this.#used + bytes.length];
    if (end >= blockBytes) return false;
    block.set(bytes, start);
    block[end] = lineFeed;
    const isOneLine = block.indexOf(lineFeed, start) === end && block[end - 1] !== carriageReturn;
    if (!isOneLine || isBlank(bytes, 0, bytes.length)) return false;
    this.#held.push({ index, start });
    this.#used = end + 1;
    return true;
  }

  /** Scans the block, and empties it. */
  #scan(scanner: LineScanner): void {
    const { memory, bytes } = this.#block;
    const found = scanner.scan({ memory, offset: bytes.byteOffset, length: this.#used });
    let candidate = 0;
    for (const { index, start } of this.#held) {
      if (candidate === found.count) break;
      if (found.start(candidate) !== start) continue;
      const plans = Array.from({ length: this.#words }, (_, word) => found.plans(candidate, word));
      this.#candidates.push({ index, plans: found.odd(candidate) ? undefined : plans });
      candidate++;
    }
    this.#held = [];
    this.#used = 0;
  }
}

/** All records end where their request does, so the clock goes by the first of them and by the last. */
function sightingOf(
  batch: ReceivedBatch,
  foreign: readonly number[],
  candidates: readonly Candidate[],
): Sighting {
  const number = (at: number): number => candidates[at]?.index ?? 0;
  return {
    found: {
      lines: foreign.length,
      count: candidates.length,
      start: number,
      end: number,
      odd: (at) => candidates[at]?.plans === undefined,
      plans: (at, word) => candidates[at]?.plans?.[word] ?? 0,
    },
    clock: [...new Set([...foreign.slice(0, 1), ...foreign.slice(-1)])].map(unread),
    lineAt: (index) => batch.line(index),
    endOf: () => batch.position.offset,
  };
}

const unread = (index: number): ClockMark => ({
  start: index,
  end: index,
  stamp: () => undefined,
  isEvent: () => false,
});
