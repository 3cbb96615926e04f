import type { Stored } from '../../store/store.ts';
import type { Aggregation, Arrival, Leaving } from './aggregation.ts';
import type { Combination } from './combinations.ts';
import { asGroup, keptGroup } from './group.ts';
import { announceOverflow, keyWithRoom } from './overflow.ts';
import type { Pane } from './panes.ts';
import { settle } from './settle.ts';
import type { Turn } from './turn.ts';
import type { PaneSource, WindowOperator } from './window-operator.ts';

/**
 * Windows one behind the other; a pane is a window. A row that comes when the watermark has reached the time at which
 * its pane closes is late (spec/spl.md §3.9).
 */
export class TumblingWindows implements WindowOperator {
  readonly name: string;
  readonly atEnd = 'close';
  readonly panes: PaneSource;
  readonly expire: WindowOperator['expire'];
  readonly #aggregation: Aggregation;
  /** Nothing but repeats has to be known: a mark for each group is enough. */
  readonly #marksOnly: boolean;

  constructor(aggregation: Aggregation, panes: PaneSource) {
    this.name = aggregation.path;
    this.panes = panes;
    this.#aggregation = aggregation;
    this.#marksOnly = !aggregation.conditional && !aggregation.leavesAtClose;
    this.expire = this.#marksOnly ? undefined : (...row) => this.#close(...row);
  }

  push(arrival: Arrival, turn: Turn): void {
    const { pane, combinations } = arrival;
    if (turn.watermark.passed(pane.closes)) {
      this.#aggregation.late(arrival, pane, turn);
      return;
    }
    turn.agenda.add(this.name, pane);
    const leaving: Leaving[] = [];
    for (const combination of combinations.all) {
      const left = this.#marksOnly
        ? this.#mark(arrival, combination, turn)
        : this.#count(arrival, combination, turn);
      if (left !== undefined) leaving.push(left);
    }
    this.#aggregation.leave(arrival, leaving, pane, turn);
  }

  #close(pane: Pane, key: string, value: Stored, turn: Turn): void {
    const group = asGroup(value);
    if (group !== undefined) this.#aggregation.close(key, group, pane, turn);
  }

  #mark(arrival: Arrival, combination: Combination, turn: Turn): Leaving | undefined {
    const { rows } = turn;
    const { table } = arrival.pane;
    const { key } = combination;
    if (rows.get(table, key) !== undefined) return undefined;
    const repeats = !rows.hasRoom(table, this.#aggregation.limits);
    if (repeats) announceOverflow(this.#aggregation, arrival, turn);
    else rows.add(table, key, true);
    return { key, combination, group: arrival.groupOf(combination), repeats };
  }

  #count(arrival: Arrival, combination: Combination, turn: Turn): Leaving | undefined {
    const { rows } = turn;
    const { table } = arrival.pane;
    const known = rows.get(table, combination.key);
    const key = keyWithRoom(combination.key, known, rows.hasRoom(table, this.#aggregation.limits));
    const before = asGroup(rows.get(table, key));
    const { group, leaving } = settle(this.#aggregation, arrival, { key, combination, before }, turn);
    rows.put(table, key, keptGroup(group));
    return leaving;
  }
}
