import { fromMillis, type Time } from '../../record/time.ts';
import { clockBlock } from './clock-lines.ts';
import { KnownTime, type LineTime } from './line-time.ts';
import type { Streams, StreamRow } from './streams.ts';
import type { Watermark } from './watermark.ts';

/** An event further ahead of wall time than this moves no clock: one wrong year must not close every window. */
export const maxAhead = fromMillis(300_000);

/**
 * The clock of one stream while a batch of it is read (design §5). It goes by the event time of every confirmed row,
 * and of the last complete line of each 64 KiB block of the stream; so neither the size of batches nor a scanner that
 * skips lines makes a difference. Only a time that the event itself says counts, never a receive time.
 */
export class StreamClock {
  readonly #streams: Streams;
  readonly #stream: string;
  readonly #now: Time;
  readonly #watermark: Watermark;
  /** The slowest of the others; undefined if there are none, null until somebody asks. */
  #slowestOther: StreamRow | undefined | null = null;
  #clock: Time | undefined;
  #used = false;
  #block: number;
  /** Of the last line; it is asked for only if that turns out to be the last of its block, or of the batch. */
  #pending: LineTime;
  /** Of lines that were the last of their blocks and that nobody has asked yet, and what they likely say. */
  readonly #putOff: (readonly [likely: Time, line: LineTime])[] = [];

  constructor(streams: Streams, stream: string, now: Time, watermark: Watermark) {
    const row = streams.get(stream);
    this.#streams = streams;
    this.#watermark = watermark;
    this.#stream = stream;
    this.#now = now;
    this.#clock = row?.clock;
    this.#block = row?.block ?? 0;
    this.#pending = new KnownTime(row?.pending);
  }

  /** A line that ends at offset `end` comes next. Answers what the watermark may rise to. */
  next(end: number, line: LineTime): Time | undefined {
    this.settle();
    const block = blockOf(end);
    if (block !== this.#block) this.#advance(this.#pending.time());
    this.#come(block, line);
    return this.#least();
  }

  /**
   * As `next`, for a line after which it does not matter yet what the watermark may rise to; it answers by the next
   * `next`. False, and nothing done, if it might matter: if `matters` of the time that the line before likely says.
   */
  skim(end: number, line: LineTime, matters: (time: Time) => boolean): boolean {
    const block = blockOf(end);
    if (block !== this.#block) {
      const likely = this.#pending.likely();
      if (likely === undefined || matters(likely)) return false;
      this.#putOff.push([likely, this.#pending]);
    }
    this.#come(block, line);
    return true;
  }

  /**
   * Asks the lines that were put off; of them only the latest that is valid counts: mostly one has to be looked at
   * closely. Answers what the watermark may rise to.
   */
  settle(): Time | undefined {
    const lines = this.#putOff.splice(0).sort(([a], [b]) => (a < b ? 1 : -1));
    for (const [likely, line] of lines) {
      if (this.#clock !== undefined && likely <= this.#clock) break;
      if (likely <= this.#now + maxAhead) this.#advance(line.time());
    }
    return this.#least();
  }

  /** The line before was a confirmed row. Answers what the watermark may rise to. */
  confirmed(stamp: Time | undefined): Time | undefined {
    this.#advance(stamp);
    return this.#least();
  }

  /** Ends the batch, which is settled; a stream that is over no longer holds the watermark. Answers what it may rise to. */
  save(last: boolean): Time | undefined {
    if (last) {
      this.#streams.end(this.#stream, this.#now);
      return this.#others()?.clock;
    }
    // A batch of nothing but our own notices is no sign of a stream that will bring events.
    if (!this.#used) return undefined;
    this.#streams.put(this.#stream, {
      clock: this.#clock,
      block: this.#block,
      pending: this.#pending.time(),
      seen: this.#now,
    });
    return undefined;
  }

  #come(block: number, line: LineTime): void {
    this.#used = true;
    this.#block = block;
    this.#pending = line;
  }

  #advance(time: Time | undefined): void {
    if (time === undefined || time > this.#now + maxAhead) return;
    if (this.#clock === undefined || time > this.#clock) this.#clock = time;
  }

  /** The least clock; undefined if one of the streams has none. */
  #least(): Time | undefined {
    const others = this.#others();
    if (others === undefined || this.#clock === undefined) return this.#clock;
    return others.clock === undefined || others.clock < this.#clock ? others.clock : this.#clock;
  }

  /** The others, as the slowest of them. */
  #others(): StreamRow | undefined {
    // Once a batch will do: none of them moves meanwhile.
    if (this.#slowestOther === null) {
      this.#slowestOther = this.#streams.slowest(this.#stream, this.#watermark);
    }
    return this.#slowestOther;
  }
}

/** The block that holds the last byte of what ends at `end`. */
const blockOf = (end: number): number => Math.floor((end - 1) / clockBlock);
