import type { Time } from '../../record/time.ts';
import type { State, Stored } from '../../store/store.ts';

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

/** The streams that are active: those that a batch came from, until their last one, or until they were idle too long. */
export class Streams {
  readonly #state: State;
  readonly #table: string;
  readonly #clock: string;

  constructor(state: State, component: string) {
    this.#state = state;
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

  /** All of them but `except`, in the order of their ids. */
  all(except?: string): readonly (readonly [stream: string, row: StreamRow])[] {
    return this.#state
      .scan(this.#table)
      .filter(([stream]) => stream !== except)
      .map(([stream, stored]) => [stream, readRow(stored)]);
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

function readRow(stored: Stored): StreamRow {
  const [clock, block, pending, seen] = stored as readonly [string | null, number, string | null, string];
  return { clock: time(clock), block, pending: time(pending), seen: BigInt(seen) };
}

const text = (value: Time | undefined): string | null => value?.toString() ?? null;
const time = (value: string | null): Time | undefined => (value === null ? undefined : BigInt(value));
