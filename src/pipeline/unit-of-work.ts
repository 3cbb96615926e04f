import type { Time } from '../record/time.ts';
import type { Transaction } from '../store/store.ts';

/**
 * Everything one batch does, to be committed together (design §3): the
 * position behind it, the state it changed, the records it made, the counters.
 */
export interface UnitOfWork {
  /** For reading and writing; committed and rolled back by who opened the unit of work. */
  readonly state: Omit<Transaction, 'commit' | 'rollback'>;
  /** Wall time at its opening: the only clock that processors and the detection know. */
  readonly now: Time;
  /** Runs `last` when nothing more will come, just before the commit: to put into `state` what was only added up so far. */
  readonly beforeCommit: (last: () => void) => void;
  /** Runs `effect` once all of it is durable; never if it fails. */
  readonly afterCommit: (effect: () => void) => void;
  /** True once it holds as much as one commit should: whoever fills it stops at the next cursor and commits. */
  readonly isFull: () => boolean;
  /** Makes it full: who consumes has no room for more before this is committed. */
  readonly fill: () => void;
}
