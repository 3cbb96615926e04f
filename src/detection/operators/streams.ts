import type { Time } from '../../record/time.ts';
import type { State, Stored } from '../../store/store.ts';
import type { Watermark } from './watermark.ts';

/** Where one stream stands in event time. */
export interface StreamRow {
  /** The latest event time that counts; undefined if there is none yet: the stream holds the watermark. */
  readonly clock: Time | undefined;
  /** The 64 KiB block that its last line ends in, and that line's event time. */
  readonly block: number;
  readonly pending: Time | undefined;
  /** Wall time of its last batch. */
  readonly seen: Time;
}

/**
 * The stream that was last seen to be the slowest: a guess for later calls, which check it, so that not every batch has
 * to look at all streams. It makes no difference but in speed.
 */
export interface Laggard {
  stream: string | undefined;
}

/** The streams that are active: those that a batch came from, until their last one, or until they were idle too long. */
export class Streams {
  readonly #state: State;
  readonly #table: string;
  readonly #clock: string;
  readonly #laggard: Laggard;

  constructor(state: State, component: string, laggard: Laggard) {
    this.#state = state;
    this.#laggard = laggard;
    this.#table = `detect/${component}/stream`;
    this.#clock = `detect/${component}/clock`;
  }

  get(stream: string): StreamRow | undefined {
    const stored = this.#state.get(this.#table, stream);
    return stored === undefined ? undefined : readRow(stored);
  }

  put(stream: string, { clock, block, pending, seen }: StreamRow): void {
    this.#state.put(this.#table, stream, [text(clock), block, text(pending), seen.toString()]);
    this.#state.put(this.#clock, 'seen', seen.toString());
  }

  /** The stream is over, as was seen at `seen`. */
  end(stream: string, seen: Time): void {
    this.#state.put(this.#clock, 'seen', seen.toString());
    this.drop(stream);
  }

  drop(stream: string): void {
    this.#state.delete(this.#table, stream);
  }

  /** All of them, in the order of their ids. */
  all(): readonly (readonly [stream: string, row: StreamRow])[] {
    return this.#state.scan(this.#table).map(([stream, stored]) => [stream, readRow(stored)]);
  }

  /**
   * Of all but `except` the one that lets the watermark rise least; undefined if there is no other. Any that does not
   * let it rise above `watermark` will do.
   */
  slowest(except: string, watermark: Watermark): StreamRow | undefined {
    const { stream: guess } = this.#laggard;
    const guessed = guess === undefined || guess === except ? undefined : this.get(guess);
    if (guessed !== undefined && (guessed.clock === undefined || watermark.passed(guessed.clock)))
      return guessed;
    let slowest: StreamRow | undefined;
    for (const [stream, row] of this.all()) {
      if (stream === except || (slowest !== undefined && !isBehind(row, slowest))) continue;
      slowest = row;
      this.#laggard.stream = stream;
    }
    return slowest;
  }

  /** Wall time of the last batch of any stream; undefined if there never was one. */
  get seen(): Time | undefined {
    const stored = this.#state.get(this.#clock, 'seen');
    return typeof stored === 'string' ? BigInt(stored) : undefined;
  }
}

/** The least of the clocks; undefined if one of the streams has none, or there are no streams. */
export function leastClock(rows: readonly Pick<StreamRow, 'clock'>[]): Time | undefined {
  let least: Time | undefined;
  for (const { clock } of rows) {
    if (clock === undefined) return undefined;
    if (least === undefined || clock < least) least = clock;
  }
  return least;
}

/** A stream without a clock is behind all others. */
const isBehind = ({ clock: one }: StreamRow, { clock: other }: StreamRow): boolean =>
  other !== undefined && (one === undefined || one < other);

function readRow(stored: Stored): StreamRow {
  const [clock, block, pending, seen] = stored as readonly [string | null, number, string | null, string];
  return { clock: time(clock), block, pending: time(pending), seen: BigInt(seen) };
}

const text = (value: Time | undefined): string | null => value?.toString() ?? null;
const time = (value: string | null): Time | undefined => (value === null ? undefined : BigInt(value));
