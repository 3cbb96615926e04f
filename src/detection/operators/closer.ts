import type { Time } from '../../record/time.ts';
import type { OpenPane } from './agenda.ts';
import type { Keeper } from './keeper.ts';
import { maxAhead } from './stream-clock.ts';
import type { Turn } from './turn.ts';

/**
 * Closes panes: by their end, then in the order of the plans, and in each by key. At most `slice` rows a call of the
 * engine, so that a unit of work stays small; a row that has gone is no longer in the state, so the next call goes on
 * where this one stopped. A pane of an operator that is no longer configured goes silently.
 */
export class Closer {
  readonly #turn: Turn;
  readonly #keepers: ReadonlyMap<string, Keeper>;
  readonly #order: ReadonlyMap<string, number>;
  #left: number;

  /** `keepers` by name, in the order of the plans. */
  constructor(turn: Turn, keepers: ReadonlyMap<string, Keeper>, slice: number) {
    this.#turn = turn;
    this.#keepers = keepers;
    this.#order = new Map([...keepers.keys()].map((name, index) => [name, index]));
    this.#left = slice;
  }

  /** Closes what the watermark has passed. True if the slice was too small for it. */
  due(): boolean {
    const { agenda, watermark } = this.#turn;
    if (agenda.soonest === undefined || !watermark.passed(agenda.soonest)) return false;
    if (this.#left === 0) return true;
    const due = agenda.panes().filter(({ closes }) => watermark.passed(closes));
    return due.sort(this.#compare).some((pane) => !this.#close(pane));
  }

  /**
   * Closes all that is open, as a replay ends, and moves the watermark to the windows that closed, but not to one of
   * the far future. True if the slice was too small for it.
   */
  end(now: Time): boolean {
    const { agenda, watermark } = this.#turn;
    for (const pane of [...agenda.panes()].sort(this.#compare)) {
      const atEnd = this.#keepers.get(pane.keeper)?.atEnd ?? 'expire';
      if (atEnd === 'keep') continue;
      if (atEnd === 'close' && pane.start <= now + maxAhead) watermark.raise(pane.closes);
      if (!this.#close(pane)) return true;
    }
    return false;
  }

  /** False if rows are left. */
  #close(pane: OpenPane): boolean {
    const { rows, agenda } = this.#turn;
    const keeper = this.#keepers.get(pane.keeper);
    const all = rows.scan(pane.table);
    for (const [key, value] of all.slice(0, this.#left)) {
      rows.delete(pane.table, key);
      keeper?.expire(pane, key, value, this.#turn);
    }
    const complete = all.length <= this.#left;
    this.#left -= Math.min(all.length, this.#left);
    if (complete) agenda.remove(pane);
    return complete;
  }

  readonly #compare = (a: OpenPane, b: OpenPane): number => {
    if (a.end !== b.end) return a.end < b.end ? -1 : 1;
    const byPlan = this.#rank(a) - this.#rank(b);
    return byPlan === 0 ? Number(a.table > b.table) - Number(a.table < b.table) : byPlan;
  };

  #rank({ keeper }: OpenPane): number {
    return this.#order.get(keeper) ?? this.#order.size;
  }
}
