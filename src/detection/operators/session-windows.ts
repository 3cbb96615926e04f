import { fromMillis, type Time } from '../../record/time.ts';
import type { Stored } from '../../store/store.ts';
import type { Window } from '../plan/plan.ts';
import type { Aggregation, Arrival, Leaving, Span } from './aggregation.ts';
import type { Combination } from './combinations.ts';
import { asGroup, groupEnd, groupStart, keptGroup, type Group } from './group.ts';
import { keyWithRoom } from './overflow.ts';
import { Panes, type Pane } from './panes.ts';
import { settle } from './settle.ts';
import type { Turn } from './turn.ts';
import type { WindowOperator } from './window-operator.ts';

/** Sessions leave in steps of this part of their gap. */
const steps = 8;

/**
 * Sessions: rows of a group that are less than `gap` apart, from the first row to `gap` behind the last. A row between
 * two sessions joins them. A session closes when the watermark has reached its end plus lateness, and takes no more
 * rows then; its finding leaves at most an eighth of the gap later. A row is late when a session of its own would have
 * closed.
 *
 * A session lies in the pane of its last row and moves on with it. Panes are shorter than the gap, so no pane holds two
 * open sessions of one group.
 */
export class SessionWindows implements WindowOperator {
  readonly name: string;
  readonly atEnd = 'close';
  readonly panes: Panes;
  readonly #aggregation: Aggregation;
  readonly #gap: Time;
  readonly #lateness: Time;

  constructor(aggregation: Aggregation, { gap, lateness }: Window & { readonly kind: 'session' }) {
    this.name = aggregation.path;
    this.panes = new Panes(this.name, { size: gap / steps, offset: 0, keep: gap + lateness });
    this.#aggregation = aggregation;
    this.#gap = fromMillis(gap);
    this.#lateness = fromMillis(lateness);
  }

  push(arrival: Arrival, turn: Turn): void {
    const { time, combinations } = arrival;
    if (turn.watermark.passed(time + this.#gap + this.#lateness)) {
      this.#aggregation.late(arrival, { start: time, end: time + this.#gap }, turn);
      return;
    }
    const leaving: Leaving[] = [];
    let span: Span = { start: time, end: time + this.#gap };
    for (const combination of combinations.all) {
      const left = this.#count(arrival, combination, turn);
      if (left === undefined) continue;
      leaving.push(left);
      span = joined(span, this.#span(left.group));
    }
    this.#aggregation.leave(arrival, leaving, span, turn);
  }

  expire(_pane: Pane, key: string, value: Stored, turn: Turn): void {
    const group = asGroup(value);
    if (group !== undefined) this.#aggregation.close(key, group, this.#span(group), turn);
  }

  #count(arrival: Arrival, combination: Combination, turn: Turn): Leaving | undefined {
    const { grouping, limits } = this.#aggregation;
    const open = turn.agenda.of(this.name);
    const size = open.reduce((total, { table }) => total + turn.rows.size(table), 0);
    const known = open.find(({ table }) => turn.rows.get(table, combination.key) !== undefined);
    const key = keyWithRoom(combination.key, known?.table, turn.rows.hasRoomBeside(size, limits));
    const parts = this.#take(open, key, arrival.time, turn);
    const before = parts.reduce<Group | undefined>(
      (all, part) => (all === undefined ? part : grouping.merge(all, part)),
      undefined,
    );
    const { group, leaving } = settle(this.#aggregation, arrival, { key, combination, before }, turn);
    const pane = this.panes.at(groupEnd(group));
    turn.agenda.add(this.name, pane);
    turn.rows.put(pane.table, key, keptGroup(group));
    return leaving;
  }

  /** Takes the sessions of a group that a row at `time` belongs to out of their panes; those that have closed leave. */
  #take(open: readonly Pane[], key: string, time: Time, turn: Turn): readonly Group[] {
    const taken: Group[] = [];
    for (const pane of open) {
      const group = asGroup(turn.rows.get(pane.table, key));
      if (group === undefined) continue;
      const { start, end } = this.#span(group);
      const closed = turn.watermark.passed(end + this.#lateness);
      if (!closed && (time >= end || time + this.#gap <= start)) continue;
      turn.rows.delete(pane.table, key);
      if (closed) this.#aggregation.close(key, group, { start, end }, turn);
      else taken.push(group);
    }
    return taken;
  }

  #span(group: Group): Span {
    return { start: groupStart(group), end: groupEnd(group) + this.#gap };
  }
}

const joined = (a: Span, b: Span): Span => ({
  start: a.start < b.start ? a.start : b.start,
  end: a.end > b.end ? a.end : b.end,
});
