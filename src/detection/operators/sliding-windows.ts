import { fromMillis, type Time } from '../../record/time.ts';
import type { Window } from '../plan/plan.ts';
import type { Aggregation, Arrival, Leaving } from './aggregation.ts';
import type { Combination } from './combinations.ts';
import { groupEnd, type Group } from './group.ts';
import { LeavingRow } from './groups.ts';
import { announceOverflow, keyWithRoom, overflowKey } from './overflow.ts';
import { Panes, type Pane } from './panes.ts';
import { announceCut } from './settle.ts';
import { asTrail, emptyTrail, keptTrail, withRow, type Trail } from './trail.ts';
import { trailingWindows } from './trailing-windows.ts';
import type { Turn } from './turn.ts';
import type { WindowOperator } from './window-operator.ts';

/**
 * For each row the window of `length` that ends with it, the row included. A group leaves with the first row whose
 * window satisfies, and not again for `length`. A row that comes out of order completes the windows of later rows as
 * well. Rows are remembered as long as a window that is not late may need them; a row is late when the watermark has
 * passed it by `length` and lateness.
 */
export class SlidingWindows implements WindowOperator {
  readonly name: string;
  readonly atEnd = 'keep';
  readonly panes: Panes;
  readonly #aggregation: Aggregation;
  readonly #length: Time;
  readonly #lateness: Time;

  constructor(aggregation: Aggregation, { length, lateness }: Window & { readonly kind: 'sliding' }) {
    this.name = aggregation.path;
    // A row that is just not late is up to `length` and lateness old, and its window reaches back `length` more.
    this.panes = new Panes(this.name, { size: length, offset: 0, keep: 2 * length + lateness });
    this.#aggregation = aggregation;
    this.#length = fromMillis(length);
    this.#lateness = fromMillis(lateness);
  }

  push(arrival: Arrival, turn: Turn): void {
    const { time, combinations, pane } = arrival;
    const span = { start: time - this.#length, end: time };
    if (turn.watermark.passed(time + this.#length + this.#lateness)) {
      this.#aggregation.late(arrival, span, turn);
      return;
    }
    turn.agenda.add(this.name, pane);
    const leaving: Leaving[] = [];
    for (const combination of combinations.all) {
      const left = this.#count(arrival, combination, turn);
      if (left !== undefined) leaving.push(left);
    }
    const end = leaving.reduce((last, { group }) => (groupEnd(group) > last ? groupEnd(group) : last), time);
    this.#aggregation.leave(arrival, leaving, { start: end - this.#length, end }, turn);
  }

  #count(arrival: Arrival, combination: Combination, turn: Turn): Leaving | undefined {
    const { limits } = this.#aggregation;
    const { table } = arrival.pane;
    const known = turn.rows.get(table, combination.key);
    const key = keyWithRoom(combination.key, known, turn.rows.hasRoom(table, limits));
    const added = arrival.groupOf(combination);
    const merge = (a: Group, b: Group): Group => this.#aggregation.grouping.merge(a, b);
    const trail = withRow(asTrail(turn.rows.get(table, key)) ?? emptyTrail, added, limits.rows, merge);
    turn.rows.put(table, key, keptTrail(trail));
    if (trail.coarse) this.#announceCoarse(arrival, turn);
    if (key === overflowKey) announceOverflow(this.#aggregation, arrival, turn);
    if (key === overflowKey && !this.#aggregation.conditional) {
      return { key: combination.key, combination, group: added, repeats: true };
    }
    return this.#complete(arrival, key, combination, turn);
  }

  /** Leaves with the first window, by event time, that the row is in, that satisfies, and that is allowed to. */
  #complete(arrival: Arrival, key: string, combination: Combination, turn: Turn): Leaving | undefined {
    const { grouping } = this.#aggregation;
    const around = this.panes.around(arrival.time);
    const trails = around.map((pane) => asTrail(turn.rows.get(pane.table, key)) ?? emptyTrail);
    const left = trails.map((trail) => trail.left).filter((time) => time !== null);
    const mayLeave = (end: Time): boolean =>
      left.every((time) => distance(BigInt(time), end) >= this.#length);
    const merge = (a: Group, b: Group): Group => grouping.merge(a, b);
    const rows = trails
      .flatMap((trail) => trail.rows)
      .filter((row) => this.#near(groupEnd(row), arrival.time));
    if (!rows.map(groupEnd).some((end) => end >= arrival.time && mayLeave(end))) return undefined;
    for (const { end, group } of trailingWindows(rows, this.#length, merge)) {
      if (end < arrival.time || !mayLeave(end)) continue;
      if (!grouping.satisfies(new LeavingRow(group, combination), end)) continue;
      this.#markLeft(this.panes.at(end), key, end, turn);
      announceCut(this.#aggregation, arrival, group, turn);
      return { key, combination, group, repeats: false };
    }
    return undefined;
  }

  #markLeft({ table }: Pane, key: string, end: Time, turn: Turn): void {
    const trail: Trail = asTrail(turn.rows.get(table, key)) ?? emptyTrail;
    turn.rows.put(table, key, keptTrail({ ...trail, left: end.toString() }));
  }

  /** True if a window may hold both times. */
  #near(a: Time, b: Time): boolean {
    return distance(a, b) < this.#length;
  }

  #announceCoarse(arrival: Arrival, turn: Turn): void {
    const { limits } = this.#aggregation;
    const message = `more than ${limits.rows} rows of one group; those closest together are counted as one, for a little longer than the window`;
    this.#aggregation.announce('window_coarse', arrival, turn, message);
  }
}

const distance = (a: Time, b: Time): Time => (a < b ? b - a : a - b);
