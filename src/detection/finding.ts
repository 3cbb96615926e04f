import type { Resource } from '../record/record.ts';
import type { Time } from '../record/time.ts';
import type { Attributes } from '../record/value.ts';
import type { Plan } from './plan/plan.ts';

/** One result row of a plan: what one event made leave, or one group of a window that closed. */
export interface Finding {
  readonly plan: Plan;
  /** `first`: a row just satisfied. `close`: its window has closed. */
  readonly kind: 'first' | 'close';
  /** Event time: of the event that made it leave; of the group's last event at a close. */
  readonly time: Time;
  /** Undefined for a plan without aggregate. */
  readonly window:
    | {
        readonly start: Time;
        readonly end: Time;
        readonly final: boolean;
        /** When the schedule ran that made the row; undefined if none did. */
        readonly run?: Time;
      }
    | undefined;
  /** The row came after its window had closed. */
  readonly late: boolean;
  /** The row: column name to its distinct values, in the order of the plan's `by`, then its measures; no secrets. */
  readonly columns: ReadonlyMap<string, readonly string[]>;
  /** Events counted in what leaves. */
  readonly count: number;
  /**
   * What makes its ids: each new combination of group values as one text, sorted; the line's id without aggregate. A
   * finding whose repeats nothing removes, a late one among them, has the line's id behind them: it is another one.
   */
  readonly keys: readonly string[];
  /** Ids of source lines (`hashOf` of the line's bytes), oldest first, at most `maxEvidence`. */
  readonly evidence: readonly string[];
  /** What the first event says of itself: `k8s.*`, `user.*`, ... (see kubernetes/attributes.ts); bounded. */
  readonly context: Attributes;
  readonly resource: Resource;
}

/** More source lines than these are not listed in a finding; they are counted all the same. */
export const maxEvidence = 10;
