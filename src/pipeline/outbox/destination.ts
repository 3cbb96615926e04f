import type { LogRecord } from '../../record/record.ts';

/** How one attempt to deliver ended (spec/reliability.md §2.3, W16 to W22). `reason` is for a person. */
export type Outcome =
  | { readonly kind: 'delivered' }
  /** Taken, but not all of it, and nobody knows which: none of these records may be sent again. */
  | { readonly kind: 'partial'; readonly reason: string; readonly status?: number }
  /** At least one of these records will never be taken: the one at index `at`, if the backend said which. */
  | { readonly kind: 'refused'; readonly reason: string; readonly status?: number; readonly at?: number }
  /** Less at a time might be taken. */
  | { readonly kind: 'too large'; readonly reason: string; readonly status?: number }
  /** Not now: the queue waits, at least `afterMs` if the backend said so, and tries again. Nothing is given up. */
  | { readonly kind: 'wait'; readonly reason: string; readonly afterMs?: number }
  /** Not before somebody has mended something: nothing is sent until `probe` delivers. */
  | { readonly kind: 'park'; readonly reason: string; readonly afterMs?: number }
  /** Nobody takes anything any more, for as long as this process lives: a pipe whose reader is gone. */
  | { readonly kind: 'closed'; readonly reason: string };

/** What is on the other side of an outbox. */
export interface Destination {
  /** Before the first delivery: opens files, reads certificates. Throws if it cannot. */
  open?(): Promise<void>;
  /**
   * Delivers `records`, oldest first; one call at a time. May throw: that is `wait`. Called again with equal
   * records after a crash. `signal` aborts when a stopping process has no more patience.
   */
  deliver(records: readonly LogRecord[], signal: AbortSignal): Promise<Outcome>;
  /** Asks, with nothing in hand, whether a parked queue may go on: `delivered` says yes. Without it time alone decides. */
  probe?(signal: AbortSignal): Promise<Outcome>;
  close?(): Promise<void>;
}
