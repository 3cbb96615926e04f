import type { Time } from '../../record/time.ts';

/** The event time of a line, as the event itself says it: seldom needed, and not free to find out. */
export interface LineTime {
  /** What `time` says unless the line is malformed; undefined if it takes `time` to tell. */
  likely(): Time | undefined;
  /** Undefined if the line does not say. */
  time(): Time | undefined;
}

/** The time of a line that was looked at anyway. */
export class KnownTime implements LineTime {
  readonly #time: Time | undefined;

  constructor(time: Time | undefined) {
    this.#time = time;
  }

  likely(): Time | undefined {
    return this.#time;
  }

  time(): Time | undefined {
    return this.#time;
  }
}
