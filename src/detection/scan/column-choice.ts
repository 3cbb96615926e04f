import type { ColumnCounts, ColumnMode } from './column-table.ts';
import { lookupCost, missCost, plainLineCost } from './cost.ts';

/** With fewer lookups nothing can be said. */
const enough = 1_024;
/** A column that is late or off is tried again after so many reviews; after each time in vain, twice as many. */
const firstPause = 32;
const longestPause = 1_024;
/** Part of the lookups that may miss before a column is put off. */
const manyMisses = 1 / 8;
/** Part of the lookups that have to take plans away for a column to be worth its while. */
const fewNarrowed = 1 / 1_024;

/**
 * Chooses how a column is looked at, by what came of it: early, as it is met; late, after the others, if its values
 * hardly ever repeat; not at all, if it costs more than it saves. Depends on what it is told alone.
 */
export class ColumnChoice {
  #mode: ColumnMode = 'early';
  #pause = 0;
  #pauses = firstPause;
  #tried = false;

  get mode(): ColumnMode {
    return this.#mode;
  }

  /** True if it is early only to see whether that still is too dear. */
  get isTrial(): boolean {
    return this.#tried;
  }

  /** Takes in the counts of a period. */
  review(counts: ColumnCounts): void {
    this.#tried = this.#mode !== 'early' && --this.#pause <= 0;
    if (this.#tried) {
      this.#mode = 'early';
      return;
    }
    if (this.#mode === 'off' || counts.lookups < enough) return;
    if (this.#mode === 'early' && counts.misses > counts.lookups * manyMisses) this.#leave('late');
    else if (!isWorthIt(counts, this.#mode)) this.#leave('off');
  }

  #leave(mode: ColumnMode): void {
    this.#mode = mode;
    this.#pause = this.#pauses;
    this.#pauses = Math.min(this.#pauses * 2, longestPause);
  }
}

/** A late column is the last chance to keep a line from the plain path: that is all it is for. */
function isWorthIt({ lookups, misses, narrowed, ruledOut }: ColumnCounts, mode: ColumnMode): boolean {
  if (mode === 'early') return narrowed > lookups * fewNarrowed;
  return ruledOut * plainLineCost > lookups * lookupCost + misses * missCost;
}
