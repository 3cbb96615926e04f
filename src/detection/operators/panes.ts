import { fromMillis, type Time } from '../../record/time.ts';

/** A stretch of event time and the table of what is remembered for it. */
export interface Pane {
  readonly table: string;
  /** [start, end) */
  readonly start: Time;
  readonly end: Time;
  /** When the watermark gets here, nothing more comes in and what it holds goes. */
  readonly closes: Time;
}

/** All of event time, cut into panes of one size. Everything that is remembered lies in one, so nothing stays for ever. */
export class Panes {
  readonly #prefix: string;
  readonly #size: Time;
  readonly #offset: Time;
  readonly #keep: Time;
  /** The one that was asked for last: events come by time, so most are of the same. */
  #last: Pane | undefined;

  /** `size`, `offset` of the first pane from the epoch, and `keep` from a pane's end to its closing: milliseconds; at least 1 ms in size. */
  constructor(
    prefix: string,
    shape: { readonly size: number; readonly offset: number; readonly keep: number },
  ) {
    this.#prefix = prefix;
    this.#size = fromMillis(Math.max(1, shape.size));
    this.#offset = fromMillis(shape.offset);
    this.#keep = fromMillis(shape.keep);
  }

  /** The pane that holds `time`. */
  at(time: Time): Pane {
    const last = this.#last;
    if (last !== undefined && last.start <= time && time < last.end) return last;
    return (this.#last = this.#paneOf(time));
  }

  /** The pane of `time`, the one before it and the one behind it, oldest first. */
  around(time: Time): readonly [Pane, Pane, Pane] {
    return [this.#paneOf(time - this.#size), this.at(time), this.#paneOf(time + this.#size)];
  }

  #paneOf(time: Time): Pane {
    const since = time - this.#offset;
    const rest = since % this.#size;
    const start = time - (rest < 0n ? rest + this.#size : rest);
    const end = start + this.#size;
    return { table: `${this.#prefix}/${start}`, start, end, closes: end + this.#keep };
  }
}
