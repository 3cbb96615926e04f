import type { Time } from '../../record/time.ts';
import { assert, unreachable } from '../../util/assert.ts';
import type { Finding } from '../finding.ts';
import type { Aggregate, Plan, Step } from '../plan/plan.ts';
import { Aggregation } from './aggregation.ts';
import { Allowlist } from './allowlist.ts';
import type { Keeper } from './keeper.ts';
import type { Limits } from './limits.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import type { Row } from './row.ts';
import { shown } from './sealed.ts';
import { SessionWindows } from './session-windows.ts';
import { SlidingWindows } from './sliding-windows.ts';
import { Suppressor } from './suppressor.ts';
import { counterOf } from './tally.ts';
import { TumblingWindows } from './tumbling-windows.ts';
import type { Turn } from './turn.ts';
import type { WindowOperator } from './window-operator.ts';

/** What operators are made with, beside their plan. */
export interface Around {
  /** Id of the component: owner of the state. */
  readonly component: string;
  readonly limits: Limits;
}

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/**
 * One plan, ready to run: `where`, then its steps. Every row counts for the plan as one of `unmatched`, `allowed` and
 * `counted`; every finding as one of `emitted` and `suppressed`.
 */
export class PlanOperator {
  /** Those of its operators that remember something. */
  readonly keepers: readonly Keeper[];
  readonly #plan: Plan;
  readonly #where: Predicate;
  readonly #allowlist: Allowlist;
  readonly #aggregation: Aggregation | undefined;
  readonly #windows: WindowOperator | undefined;
  readonly #suppressor: Suppressor | undefined;

  constructor(plan: Plan, around: Around) {
    const aggregate = stepOf(plan, 'aggregate');
    const having = stepOf(plan, 'having');
    const suppress = stepOf(plan, 'suppress');
    assert(aggregate !== undefined || having === undefined, `plan "${plan.id}" has having without aggregate`);
    this.#plan = plan;
    this.#where = compilePredicate(plan.where);
    this.#allowlist = new Allowlist(plan.steps.filter((step) => step.kind === 'allow'));
    this.#suppressor = suppress && new Suppressor(around.component, plan, suppress, around.limits);
    if (aggregate !== undefined) {
      const emit = (finding: Finding, turn: Turn): void => this.#emit(finding, turn);
      this.#aggregation = new Aggregation(plan, aggregate, having, { ...around, emit });
      this.#windows = windowsOf(this.#aggregation, aggregate);
    }
    this.keepers = [this.#windows, this.#suppressor].filter((keeper) => keeper !== undefined);
  }

  /** Takes one row, of event time `time`. True if `where` holds: the row is confirmed. */
  push(row: Row, time: Time, turn: Turn): boolean {
    const name = counterOf(this.#plan);
    if (!this.#where(row.texts)) {
      turn.tally.add(`${name}/unmatched`);
      return false;
    }
    if (this.#allowlist.allows(row, time, turn)) turn.tally.add(`${name}/allowed`);
    else turn.tally.add(`${name}/${this.#count(row, time, turn) ? 'counted' : 'unmatched'}`);
    return true;
  }

  /** False if the row lacks a field to group by: it counts nowhere. */
  #count(row: Row, time: Time, turn: Turn): boolean {
    if (this.#aggregation === undefined || this.#windows === undefined) {
      this.#emit(this.#plainFinding(row, time), turn);
      return true;
    }
    const arrival = this.#aggregation.arrival(row, time, this.#windows.panes.at(time), turn);
    if (arrival === undefined) return false;
    this.#windows.push(arrival, turn);
    return true;
  }

  /** The finding of a plan that does not aggregate: the row itself. */
  #plainFinding(row: Row, time: Time): Finding {
    return {
      plan: this.#plan,
      kind: 'first',
      time,
      window: undefined,
      late: false,
      columns: new Map(),
      count: 1,
      keys: [row.id],
      evidence: [row.id],
      context: row.context,
      resource: row.resource,
    };
  }

  #emit(finding: Finding, turn: Turn): void {
    const name = counterOf(this.#plan);
    turn.tally.add(`${name}/findings`);
    if (this.#suppressor?.admit(finding, turn) === false) {
      turn.tally.add(`${name}/suppressed`);
      return;
    }
    turn.tally.add(`${name}/emitted`);
    // Up to here the seals count: they tell one secret from another.
    const columns = new Map(Array.from(finding.columns, ([as, values]) => [as, shown(values)]));
    turn.output.finding({ ...finding, columns });
  }
}

function windowsOf(aggregation: Aggregation, { window }: Aggregate): WindowOperator {
  switch (window.kind) {
    case 'tumbling':
      return new TumblingWindows(aggregation, window);
    case 'sliding':
      return new SlidingWindows(aggregation, window);
    case 'session':
      return new SessionWindows(aggregation, window);
    default:
      return unreachable(window);
  }
}

/** The step of a kind, of which a plan has at most one. */
function stepOf<Kind extends Step['kind']>(plan: Plan, kind: Kind): StepOf<Kind> | undefined {
  return plan.steps.find((step): step is StepOf<Kind> => step.kind === kind);
}
