import { unreachable } from '../../util/assert.ts';
import type { Route } from './scan-tables.ts';
import type { PeriodCounts } from './scan-totals.ts';

// Nanoseconds, of one core of 2021: good enough to tell which of two ways is cheaper.

/** A value that is in the table, and one that the host has to be asked for. */
export const lookupCost = 8;
export const missCost = 1_500;
/** A line that the plain path has to parse. */
export const plainLineCost = 12_000;
/** A byte in which the next newline is looked for, a line that is begun, a byte of one that is walked to its end. */
const newlineByteCost = 0.025;
const lineCost = 100;
const walkedByteCost = 0.25;
/** A byte that is compared with a literal, and one that is looked at for newlines and escapes. */
const literalByteCost = 0.05;
const framingByteCost = 0.045;

/**
 * What a period has cost for each of its bytes, as far as counts tell: no clock is asked, so that equal input goes equal
 * ways. It steers speed only, never what is found.
 */
export function costOf(period: PeriodCounts, route: Route, literals: number): number {
  const { bytes, lines, candidates, walkedBytes, columns } = period;
  let cost = candidates * plainLineCost + walkedBytes * walkedByteCost;
  for (const { lookups, misses } of columns) cost += lookups * lookupCost + misses * missCost;
  switch (route) {
    case 'fields':
      cost += bytes * newlineByteCost + lines * lineCost;
      break;
    case 'literals':
      cost += bytes * (framingByteCost + literals * literalByteCost);
      break;
    default:
      return unreachable(route);
  }
  return cost / Math.max(1, bytes);
}
