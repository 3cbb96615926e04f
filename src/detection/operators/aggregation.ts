import type { Time } from '../../record/time.ts';
import type { Finding } from '../finding.ts';
import type { Plan } from '../plan/plan.ts';
import { announceOfPane } from './announce-of-pane.ts';
import type { Combination, Combinations } from './combinations.ts';
import { groupEnd, mergeEvidence, type Group } from './group.ts';
import { LeavingRow, type Groups } from './groups.ts';
import type { Limits } from './limits.ts';
import type { Pane } from './panes.ts';
import type { Row } from './row.ts';
import { counterOf } from './tally.ts';
import { fanOutText, lateText } from './shortage-text.ts';
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
  readonly row: Pick<Row, 'id' | 'context' | 'resource'>;
  readonly time: Time;
  readonly combinations: Combinations;
  /** The row alone as a group of one of its combinations. */
  readonly groupOf: (combination: Combination) => Group;
  /** The pane of that time: of what has to be announced, once is said for each. */
  readonly pane: Pane;
}

/** What is counted in windows, and when it leaves. */
export interface Counting {
  readonly plan: Plan;
  readonly grouping: Groups;
  readonly limits: Limits;
  /** Where its panes lie. Other groups, measures or conditions, another place: what was held would not fit. */
  readonly path: string;
  /** A group may have to grow before it leaves. */
  readonly conditional: boolean;
  readonly leavesFirst: boolean;
  readonly leavesAtClose: boolean;
  readonly emit: (finding: Finding, turn: Turn) => void;
}

/** What the kinds of window have in common: when rows leave, and what the findings of a plan look like. */
export class Aggregation {
  readonly plan: Plan;
  readonly grouping: Groups;
  readonly limits: Limits;
  readonly path: string;
  readonly conditional: boolean;
  readonly leavesFirst: boolean;
  readonly leavesAtClose: boolean;
  readonly #emit: Counting['emit'];

  constructor(counting: Counting) {
    this.plan = counting.plan;
    this.grouping = counting.grouping;
    this.limits = counting.limits;
    this.path = counting.path;
    this.conditional = counting.conditional;
    this.leavesFirst = counting.leavesFirst;
    this.leavesAtClose = counting.leavesAtClose;
    this.#emit = counting.emit;
  }

  /**
   * A row whose window has closed. It changes no state. A detection without condition still finds it, a threshold or
   * a result at the close cannot (design §5).
   */
  late(arrival: Arrival, span: Span, turn: Turn): void {
    turn.tally.add(`${counterOf(this.plan)}/late`);
    const found = this.leavesFirst && !this.conditional;
    const message = found ? reportedText : lateText;
    this.announce('late_rows', arrival, turn, message);
    if (!found) return;
    const leaving = arrival.combinations.all.map((combination) => ({
      key: combination.key,
      combination,
      group: arrival.groupOf(combination),
      repeats: true,
    }));
    this.leave(arrival, leaving, span, turn, true);
  }

  /** Says something about the pane of a row, once. */
  announce(kind: string, { row, time, pane }: Arrival, turn: Turn, message: string): void {
    announceOfPane(this.plan, pane, { kind, message, time, resource: row.resource }, turn);
  }

  /** Says that a row has more combinations than are counted. */
  announceFanOut(arrival: Arrival, turn: Turn): void {
    this.announce('fan_out', arrival, turn, fanOutText(this.limits.combinations));
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
    const finding: Finding = {
      plan: this.plan,
      kind: 'first',
      time,
      window: { start: span.start, end: span.end, final: false },
      late,
      columns: this.grouping.columns(
        leaving.map(({ group, combination }) => new LeavingRow(group, combination)),
        freshValues(combinations, leaving),
        span.end,
      ),
      count: groups.reduce((most, { events }) => Math.max(most, events), 0),
      keys: [...keysOf(leaving), ...(leaving.some(({ repeats }) => repeats) ? [row.id] : [])],
      evidence: mergeEvidence(groups).map(([, id]) => id),
      context: row.context,
      resource: row.resource,
    };
    this.#emit(finding, turn);
  }

  /** The finding of a group whose window has closed, if it has one. */
  close(key: string, group: Group, span: Span, turn: Turn): void {
    const { grouping } = this;
    const row = { group, values: group.values };
    if (!this.leavesAtClose || group.origin === null || !grouping.satisfies(row, span.end)) return;
    const finding: Finding = {
      plan: this.plan,
      kind: 'close',
      time: groupEnd(group),
      window: { start: span.start, end: span.end, final: true },
      late: false,
      columns: grouping.columns([row], group.values, span.end),
      count: group.events,
      keys: [key],
      evidence: group.evidence.map(([, id]) => id),
      context: grouping.origins.context(group.origin[0]),
      resource: grouping.origins.resource(group.origin[1]),
    };
    this.#emit(finding, turn);
  }
}

/** Of each `by` field the values that leave, in the event's order. */
function freshValues({ lists, all, cut }: Combinations, leaving: readonly Leaving[]): Group['values'] {
  if (leaving.length === all.length && !cut) return lists;
  return lists.map((list, index) => {
    const fresh = new Set(leaving.map(({ combination }) => combination.values[index]));
    return list.filter((value) => fresh.has(value));
  });
}

/** Each once, sorted. */
function keysOf(leaving: readonly Leaving[]): readonly string[] {
  const keys = leaving.map(({ key }) => key);
  return keys.length === 1 ? keys : [...new Set(keys)].sort();
}

const reportedText = 'rows came after their window had closed; they are reported as late';
