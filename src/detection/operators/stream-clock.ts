import { fromMillis, type Time } from '../../record/time.ts';
import { leastClock, type Streams, type StreamRow } from './streams.ts';

const blockSize = 65_536;
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
  /** The others, as the slowest of them; none if there are none. */
  readonly #others: readonly Pick<StreamRow, 'clock'>[];
  #clock: Time | undefined;
  #used = false;
  #block: number;
  /** Event time of the last line, worked out only if it turns out to be the last of its block, or of the batch. */
  #pending: () => Time | undefined;

  constructor(streams: Streams, stream: string, now: Time) {
    const row = streams.get(stream);
    const others = streams.all(stream).map(([, other]) => other);
    this.#others = others.length === 0 ? [] : [{ clock: leastClock(others) }];
    this.#streams = streams;
    this.#stream = stream;
    this.#now = now;
    this.#clock = row?.clock;
    this.#block = row?.block ?? 0;
    this.#pending = () => row?.pending;
  }

  /** A line that ends at offset `end` comes next. Answers what the watermark may rise to. */
  next(end: number, stamp: () => Time | undefined): Time | undefined {
    this.#used = true;
    // The block that holds the line's last byte.
    const block = Math.floor((end - 1) / blockSize);
    if (block !== this.#block) this.#advance(this.#pending());
    this.#block = block;
    this.#pending = stamp;
    return this.#least();
  }

  /** The line before was a confirmed row. Answers what the watermark may rise to. */
  confirmed(stamp: Time | undefined): Time | undefined {
    this.#advance(stamp);
    return this.#least();
  }

  /** Ends the batch; a stream that is over no longer holds the watermark. Answers what it may rise to. */
  save(last: boolean): Time | undefined {
    if (last) {
      this.#streams.end(this.#stream, this.#now);
      return leastClock(this.#others);
    }
    // A batch of nothing but our own notices is no sign of a stream that will bring events.
    if (!this.#used) return undefined;
    this.#streams.put(this.#stream, {
      clock: this.#clock,
      block: this.#block,
      pending: this.#pending(),
      seen: this.#now,
    });
    return undefined;
  }

  #advance(time: Time | undefined): void {
    if (time === undefined || time > this.#now + maxAhead) return;
    if (this.#clock === undefined || time > this.#clock) this.#clock = time;
  }

  #least(): Time | undefined {
    return leastClock([...this.#others, { clock: this.#clock }]);
  }
}
