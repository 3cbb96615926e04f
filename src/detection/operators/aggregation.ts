import { hashOf } from '../../record/hash.ts';
import { formatTime, type Time } from '../../record/time.ts';
import type { Finding } from '../finding.ts';
import type { Aggregate, Having, Plan } from '../plan/plan.ts';
import { combinationsOf, type Combination, type Combinations } from './combinations.ts';
import { groupEnd, mergeEvidence, type Group } from './group.ts';
import { Grouping } from './grouping.ts';
import type { Limits } from './limits.ts';
import type { Pane } from './panes.ts';
import type { Row } from './row.ts';
import { counterOf } from './tally.ts';
import type { Turn } from './turn.ts';

/** A span of event time, as a finding names it. */
export interface Span {
  readonly start: Time;
  readonly end: Time;
}

/** A group that leaves with the event at hand, and the combination that made it leave. */
export interface Leaving {
  /** Of the group: `overflowKey` if it stands for several. */
  readonly key: string;
  readonly combination: Combination;
  readonly group: Group;
  /** Nothing remembers that it left: the next event of this kind will make it leave again. */
  readonly repeats: boolean;
}

/** A row that came to be counted, at its event time. */
export interface Arrival {
  readonly row: Row;
  readonly time: Time;
  readonly combinations: Combinations;
  /** The pane of that time: of what has to be announced, once is said for each. */
  readonly pane: Pane;
}

/** What the three kinds of window have in common: when rows leave, and what the findings of a plan look like. */
export class Aggregation {
  readonly plan: Plan;
  readonly aggregate: Aggregate;
  readonly grouping: Grouping;
  readonly limits: Limits;
  /** Where its panes lie. Other groups, measures or conditions, another place: what was held would not fit. */
  readonly path: string;
  readonly conditional: boolean;
  readonly leavesFirst: boolean;
  readonly leavesAtClose: boolean;
  readonly #emit: (finding: Finding, turn: Turn) => void;

  constructor(
    plan: Plan,
    aggregate: Aggregate,
    having: Having | undefined,
    around: {
      readonly component: string;
      readonly limits: Limits;
      readonly emit: (finding: Finding, turn: Turn) => void;
    },
  ) {
    const shape = hashOf(JSON.stringify([plan.mode, aggregate, having ?? null])).slice(0, 12);
    this.plan = plan;
    this.aggregate = aggregate;
    this.grouping = new Grouping(aggregate, having, around.limits);
    this.limits = around.limits;
    this.path = `detect/${around.component}/${aggregate.window.kind}/${plan.id}/${shape}`;
    this.conditional = having !== undefined;
    this.leavesFirst = plan.mode === 'streaming' && aggregate.emit !== 'close';
    this.leavesAtClose = plan.mode === 'scheduled' || aggregate.emit !== 'first';
    this.#emit = around.emit;
  }

  /** A row as it arrives; undefined if it lacks a `by` field. More combinations than the limit are announced. */
  arrival(row: Row, time: Time, pane: Pane, turn: Turn): Arrival | undefined {
    const limit = this.limits.combinations;
    const combinations = combinationsOf(row, this.aggregate.by, limit);
    if (combinations === undefined) return undefined;
    const arrival = { row, time, combinations, pane };
    if (combinations.cut) {
      this.announce(
        'fan_out',
        arrival,
        turn,
        `an event has more than ${limit} combinations; others are not counted`,
      );
    }
    return arrival;
  }

  /** The group of one row; with its origin if a finding at the close will need it. */
  groupOf({ row, time }: Arrival, combination: Combination): Group {
    return this.grouping.of(row, time, combination, this.leavesAtClose);
  }

  /**
   * A row whose window has closed. It changes no state. A detection without condition still finds it, a threshold or
   * a result at the close cannot (design §5).
   */
  late(arrival: Arrival, span: Span, turn: Turn): void {
    turn.tally.add(`${counterOf(this.plan)}/late`);
    const found = this.leavesFirst && !this.conditional;
    const fate = found ? 'they are reported as late' : 'they are counted as late and in no result';
    this.announce('late_rows', arrival, turn, `rows came after their window had closed; ${fate}`);
    if (!found) return;
    const leaving = arrival.combinations.all.map((combination) => ({
      key: combination.key,
      combination,
      group: this.groupOf(arrival, combination),
      repeats: true,
    }));
    this.leave(arrival, leaving, span, turn, true);
  }

  /** Says something about the pane of a row, once. */
  announce(kind: string, { row, time, pane }: Arrival, turn: Turn, message: string): void {
    const [from, to] = [formatTime(pane.start), formatTime(pane.end)];
    turn.announcer.ofPlan(this.plan, {
      kind,
      scope: from,
      message: `${this.plan.title}, ${from} to ${to}: ${message}`,
      time,
      resource: row.resource,
    });
  }

  /** One finding of all that leaves with one event: only what is new in it, in the event's order. None if nothing is. */
  leave(
    { row, time, combinations }: Arrival,
    leaving: readonly Leaving[],
    span: Span,
    turn: Turn,
    late = false,
  ): void {
    if (leaving.length === 0) return;
    const groups = leaving.map(({ group }) => group);
    const keys = [...new Set(leaving.map(({ key }) => key))].sort();
    const values = combinations.lists.map((list, index) => {
      const fresh = new Set(leaving.map(({ combination }) => combination.values[index]));
      return list.filter((value) => fresh.has(value));
    });
    const finding: Finding = {
      plan: this.plan,
      kind: 'first',
      time,
      window: { start: span.start, end: span.end, final: false },
      late,
      columns: this.grouping.columns(groups, values),
      count: groups.reduce((most, { events }) => Math.max(most, events), 0),
      keys: [...keys, ...(leaving.some(({ repeats }) => repeats) ? [row.id] : [])],
      evidence: mergeEvidence(groups).map(([, id]) => id),
      context: row.context,
      resource: row.resource,
    };
    this.#emit(finding, turn);
  }

  /** The finding of a group whose window has closed, if it has one. */
  close(key: string, group: Group, span: Span, turn: Turn): void {
    const { grouping } = this;
    if (!this.leavesAtClose || group.origin === null || !grouping.satisfies(group)) return;
    const finding: Finding = {
      plan: this.plan,
      kind: 'close',
      time: groupEnd(group),
      window: { start: span.start, end: span.end, final: true },
      late: false,
      columns: grouping.columns([group], group.values),
      count: group.events,
      keys: [key],
      evidence: group.evidence.map(([, id]) => id),
      context: grouping.origins.context(group.origin[0]),
      resource: grouping.origins.resource(group.origin[1]),
    };
    this.#emit(finding, turn);
  }
}
