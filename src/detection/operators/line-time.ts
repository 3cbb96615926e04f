import type { Time } from '../../record/time.ts';

/** The event time of a line, as the event itself says it: seldom needed, and not free to find out. */
export interface LineTime {
  /** What `time` says unless the line is malformed; undefined if it takes `time` to tell. */
  readonly likely: () => Time | undefined;
  /** Undefined if the line does not say. */
  readonly time: () => Time | undefined;
}

export const knownTime = (time: Time | undefined): LineTime => ({ likely: () => time, time: () => time });
