import type { ColumnCounts } from './column-table.ts';
import { oddReasons } from './layout.ts';
import type { LineCounts, Route } from './scan-tables.ts';

/** What scans have done. */
export interface ScanCounts {
  readonly bytes: number;
  /** Lines that are not blank. */
  readonly lines: number;
  readonly candidates: number;
}

export interface PeriodCounts extends ScanCounts, LineCounts {
  readonly columns: readonly ColumnCounts[];
}

export const noCounts: ColumnCounts = { lookups: 0, misses: 0, narrowed: 0, ruledOut: 0, flushes: 0 };

/** The sums of all periods. */
export class ScanTotals {
  bytes = 0;
  lines = 0;
  candidates = 0;
  /** Lines that are odd, by reason (`layout.ts`). */
  readonly odd: number[] = Array.from({ length: oddReasons }, () => 0);
  /** Bytes that each route was taken for. */
  readonly routes = new Map<Route, number>();
  readonly columns: ColumnCounts[];

  constructor(columns: number) {
    this.columns = Array.from({ length: columns }, () => noCounts);
  }

  add(route: Route, period: PeriodCounts): void {
    this.bytes += period.bytes;
    this.lines += period.lines;
    this.candidates += period.candidates;
    this.routes.set(route, (this.routes.get(route) ?? 0) + period.bytes);
    for (const [reason, count] of period.odd.entries()) this.odd[reason] = (this.odd[reason] ?? 0) + count;
    for (const [index, counts] of period.columns.entries()) {
      this.columns[index] = sumOf(this.columns[index] ?? noCounts, counts);
    }
  }
}

const sumOf = (a: ColumnCounts, b: ColumnCounts): ColumnCounts => ({
  lookups: a.lookups + b.lookups,
  misses: a.misses + b.misses,
  narrowed: a.narrowed + b.narrowed,
  ruledOut: a.ruledOut + b.ruledOut,
  flushes: a.flushes + b.flushes,
});
