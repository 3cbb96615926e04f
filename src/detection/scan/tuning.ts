import { ColumnChoice } from './column-choice.ts';
import type { ColumnCounts, ColumnMode } from './column-table.ts';
import { costOf } from './cost.ts';
import { RouteChoice } from './route-choice.ts';
import type { LineCounts, Route } from './scan-tables.ts';
import { ScanTotals, type ScanCounts } from './scan-totals.ts';

/** Lines of the first period; each is twice as long as the one before, up to the longest. */
const firstPeriod = 4_096;
const longestPeriod = 65_536;
/** While something is only tried. */
const trialPeriod = 4_096;

/** Adapts a scan to the log that it meets, period by period: how lines are looked at, and in what order columns. */
export class Tuning {
  readonly totals: ScanTotals;
  readonly #literals: number;
  readonly #route: RouteChoice;
  readonly #columns: readonly ColumnChoice[];
  #missRates: readonly number[];
  #isWarm = false;
  #period = firstPeriod;
  #left = firstPeriod;
  #counts: ScanCounts = { bytes: 0, lines: 0, candidates: 0 };

  /** `literals`: how many of them can be looked for; 0 if that is no way to go. */
  constructor(columns: number, literals: number) {
    this.#literals = literals;
    this.#columns = Array.from({ length: columns }, () => new ColumnChoice());
    this.#missRates = Array.from({ length: columns }, () => 0);
    this.#route = new RouteChoice(literals > 0 ? ['literals', 'fields'] : ['fields']);
    this.totals = new ScanTotals(columns);
  }

  get route(): Route {
    return this.#route.current;
  }

  get costs(): ReadonlyMap<Route, number> {
    return this.#route.costs;
  }

  get modes(): readonly ColumnMode[] {
    return this.#columns.map(({ mode }) => mode);
  }

  /** Numbers of the columns that are late: first those whose values repeat most. */
  get late(): readonly number[] {
    return this.modes
      .flatMap((mode, column) => (mode === 'late' ? [column] : []))
      .sort((a, b) => (this.#missRates[a] ?? 0) - (this.#missRates[b] ?? 0));
  }

  /** Takes in one scan. True if the period is over: `review` should be called. */
  add(counts: ScanCounts): boolean {
    const { bytes, lines, candidates } = this.#counts;
    this.#counts = {
      bytes: bytes + counts.bytes,
      lines: lines + counts.lines,
      candidates: candidates + counts.candidates,
    };
    this.#left -= counts.lines;
    return this.#left <= 0;
  }

  /** Ends the period, with what the kernel has counted in it, and begins the next one. */
  review(lines: LineCounts, columns: readonly ColumnCounts[]): void {
    const { route } = this;
    if (this.#counts.lines === 0) return;
    const period = { ...this.#counts, ...lines, columns };
    this.totals.add(route, period);
    // In the first period all values are new, whatever the route.
    if (this.#isWarm) this.#route.next(costOf(period, route, this.#literals));
    this.#isWarm = true;
    for (const [index, counts] of columns.entries()) this.#columns[index]?.review(counts);
    this.#missRates = columns.map(({ lookups, misses }, index) =>
      lookups === 0 ? (this.#missRates[index] ?? 0) : misses / lookups,
    );
    this.#counts = { bytes: 0, lines: 0, candidates: 0 };
    this.#period = Math.min(this.#period * 2, longestPeriod);
    const isTrial = this.#route.isTrial || this.#columns.some((choice) => choice.isTrial);
    this.#left = isTrial ? Math.min(this.#period, trialPeriod) : this.#period;
  }
}
