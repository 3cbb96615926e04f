import type { Logger } from '../../pipeline/logger.ts';
import type { FilePositions } from './file-position.ts';
import type { ReadSettings } from './unit-reader.ts';

/** How turns are taken. */
export interface TurnSettings extends ReadSettings {
  readonly positions: FilePositions;
  readonly log: Logger;
  /** The monotonic clock, in milliseconds. */
  readonly clock: () => number;
  readonly pollMs: number;
  /** How long a file without a name has to be quiet before it is let go, at least. */
  readonly graceMs: number;
}
