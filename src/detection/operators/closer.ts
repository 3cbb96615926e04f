import type { Time } from '../../record/time.ts';
import type { OpenPane } from './agenda.ts';
import type { Keeper } from './keeper.ts';
import { maxAhead } from './stream-clock.ts';
import type { Turn } from './turn.ts';

/** So many rows go in one call at most: all of a unit of work are in memory once more, and nothing else runs. */
const maxRows = 8_192;

/**
 * Closes panes: by their end (what is only forgotten: when it is due), then in the order of the plans, and in each by key. Once the output is full, or many rows have gone, it stops, but
 * not before one row, so that a unit of work stays small and something goes in each; a row that has gone is no longer
 * in the state, so the next call goes on where this one stopped. A pane of an operator that is no longer configured
 * goes silently.
 */
export class Closer {
  readonly #turn: Turn;
  readonly #keepers: ReadonlyMap<string, Keeper>;
  readonly #order: ReadonlyMap<string, number>;
  #full = false;
  #gone = 0;

  /** `keepers` by name, in the order of the plans. */
  constructor(turn: Turn, keepers: ReadonlyMap<string, Keeper>) {
    this.#turn = turn;
    this.#keepers = keepers;
    this.#order = new Map([...keepers.keys()].map((name, index) => [name, index]));
  }

  /** Closes what the watermark has passed. True if not all of it had room. */
  due(): boolean {
    const { agenda, watermark } = this.#turn;
    if (agenda.soonest === undefined || !watermark.passed(agenda.soonest)) return false;
    if (this.#full) return true;
    const due = agenda.panes().filter(({ closes }) => watermark.passed(closes));
    return due.sort(this.#compare).some((pane) => !this.#close(pane));
  }

  /**
   * Closes all that is open, as a replay ends, and moves the watermark to the windows that closed, but not to one of
   * the far future. True if not all of it had room.
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
    const { rows, agenda, output } = this.#turn;
    const keeper = this.#keepers.get(pane.keeper);
    if (keeper?.settle !== undefined) {
      if (this.#full) return false;
      keeper.settle(pane, this.#turn);
    }
    for (const key of rows.keys(pane.table)) {
      if (this.#full) return false;
      const value = keeper?.expire && rows.get(pane.table, key);
      rows.delete(pane.table, key);
      if (value !== undefined) keeper?.expire?.(pane, key, value, this.#turn);
      this.#gone++;
      this.#full = this.#gone >= maxRows || output.isFull();
    }
    agenda.remove(pane);
    return true;
  }

  readonly #compare = (a: OpenPane, b: OpenPane): number => {
    const [first, second] = [this.#turnOf(a), this.#turnOf(b)];
    if (first !== second) return first < second ? -1 : 1;
    const byPlan = this.#rank(a) - this.#rank(b);
    return byPlan === 0 ? Number(a.table > b.table) - Number(a.table < b.table) : byPlan;
  };

  /** A row of a window that is still to close may need what is due later. */
  #turnOf({ keeper, end, closes }: OpenPane): Time {
    return this.#keepers.get(keeper)?.atEnd === 'expire' ? closes : end;
  }

  #rank({ keeper }: OpenPane): number {
    return this.#order.get(keeper) ?? this.#order.size;
  }
}
