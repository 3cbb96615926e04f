import type { RetrySettings } from '../backoff.ts';

/** How an outbox is filled and emptied. */
export interface OutboxOptions {
  /** At most so many records, and bytes of stored record, in one delivery. */
  readonly maxRecords: number;
  readonly maxBytes: number;
  /**
   * A delivery waits for so many records, `flushMs` at most, and not at all while somebody waits for the queue to be
   * empty; as many as `maxRecords` unless given.
   */
  readonly minRecords?: number;
  /** How long a delivery may wait for more records, in milliseconds; 0: not at all. */
  readonly flushMs: number;
  readonly quota: Quota;
  readonly retry: RetrySettings;
  /**
   * How long a parked queue waits before it asks again, in milliseconds; chance adds up to a fifth. Also between tries of
   * records that are held back, without chance.
   */
  readonly probeMs: number;
}

/** What may wait in an outbox. A fifth of it is kept for urgent records (`intake.ts`). */
export interface Quota {
  readonly records: number;
  /** Of stored records. */
  readonly bytes: number;
}

/** For destinations that are configured without one. */
export const defaultQuota: Quota = { records: 1_000_000, bytes: 512 * 2 ** 20 };

export const defaultProbeMs = 300_000;
