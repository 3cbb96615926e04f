import type { Time } from '../../record/time.ts';
import { expiryMessage, hasExpired } from '../plan/expiry.ts';
import type { Allow, AllowEntry } from '../plan/plan.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import type { Row } from './row.ts';
import type { Turn } from './turn.ts';

interface CompiledEntry {
  readonly entry: AllowEntry;
  readonly matches: Predicate;
  /** Of its counter: `allowlist/<id>/<index>`; no plan has such an id. */
  readonly name: string;
}

/** The exceptions of one plan: which rows they excuse, each counted for the entry that did. */
export class Allowlist {
  readonly #entries: readonly CompiledEntry[];

  constructor(steps: readonly Allow[]) {
    this.#entries = steps
      .flatMap(({ entries }) => entries)
      .map((entry) => ({
        entry,
        matches: compilePredicate(entry.where),
        name: `allowlist/${entry.allowlist}/${entry.index}`,
      }));
  }

  /**
   * True if an entry excuses the row; the first that does counts. One that has expired by `time`, which is event
   * time, excuses nothing, but what it would have excused is counted as well, and the first time announced.
   */
  allows(row: Row, time: Time, turn: Turn): boolean {
    for (const { entry, matches, name } of this.#entries) {
      if (!matches(row.texts)) continue;
      if (!hasExpired(entry, time)) {
        turn.tally.add(name);
        return true;
      }
      turn.tally.add(`${name}/expired`);
      const attributes = { 'riskpipe.allowlist.id': entry.allowlist };
      const said = { kind: 'allowlist_expired', scope: '', message: expiryMessage(entry), attributes };
      turn.announcer.once(name, { ...said, time, resource: row.resource });
    }
    return false;
  }
}
