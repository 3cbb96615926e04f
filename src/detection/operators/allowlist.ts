import type { Time } from '../../record/time.ts';
import type { Allow, AllowEntry } from '../plan/plan.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import type { Row } from './row.ts';
import type { Tally } from './tally.ts';

interface CompiledEntry {
  readonly matches: Predicate;
  readonly expires: Time | undefined;
  /** Of its counter: `allowlist/<id>/<index>`. */
  readonly counter: string;
}

/** The exceptions of one plan: which rows they excuse, each counted for the entry that did. */
export class Allowlist {
  readonly #entries: readonly CompiledEntry[];

  constructor(steps: readonly Allow[]) {
    this.#entries = steps
      .flatMap(({ entries }) => entries)
      .map(({ allowlist, index, where, expires }) => ({
        matches: compilePredicate(where),
        expires,
        counter: `allowlist/${allowlist}/${index}`,
      }));
  }

  /**
   * True if an entry excuses the row; the first that does counts. One that has expired by `time`, which is event
   * time, excuses nothing, but what it would have excused is counted as well.
   */
  allows(row: Row, time: Time, tally: Tally): boolean {
    for (const { matches, expires, counter } of this.#entries) {
      if (!matches(row.texts)) continue;
      if (!hasExpired({ expires }, time)) {
        tally.add(counter);
        return true;
      }
      tally.add(`${counter}/expired`);
    }
    return false;
  }
}

/** True if an allowlist entry no longer allows what happens at `time`. */
export const hasExpired = ({ expires }: Pick<AllowEntry, 'expires'>, time: Time): boolean =>
  expires !== undefined && time >= expires;
