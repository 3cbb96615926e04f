import type { Time } from '../../record/time.ts';
import { assert } from '../../util/assert.ts';
import type { Finding } from '../finding.ts';
import type { Plan, Step } from '../plan/plan.ts';
import { AggregatedRows } from './aggregated-rows.ts';
import { Allowlist } from './allowlist.ts';
import type { Keeper } from './keeper.ts';
import { PlainRows } from './plain-rows.ts';
import { compilePredicate, type Predicate } from './predicate.ts';
import type { Around, RowConsumer } from './row-consumer.ts';
import type { Row } from './row.ts';
import { shownColumns } from './sealed.ts';
import { Suppressor } from './suppressor.ts';
import { counterOf } from './tally.ts';
import { transformedRows } from './transform/transformed-rows.ts';
import type { Turn } from './turn.ts';

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

/**
 * One plan, ready to run: `where`, then its steps. Every row counts for the plan as one of `unmatched`, `allowed` and
 * `counted`; every finding as one of `emitted` and `suppressed`.
 */
export class PlanOperator {
  /** Those of its operators that remember something. */
  readonly keepers: readonly Keeper[];
  readonly #where: Predicate;
  readonly #allowlist: Allowlist;
  readonly #rows: RowConsumer;
  readonly #suppressor: Suppressor | undefined;
  readonly #counters: Counters;
  /** It has a transform: lines of plain text are events to such plans only. */
  readonly #searches: boolean;

  constructor(plan: Plan, around: Around) {
    const suppress = stepOf(plan, 'suppress');
    this.#counters = countersOf(plan);
    this.#searches = stepOf(plan, 'transform') !== undefined;
    this.#where = compilePredicate(plan.where);
    this.#allowlist = new Allowlist(plan.steps.filter((step) => step.kind === 'allow'));
    this.#rows = consumerOf(plan, around, (finding, turn) => this.#emit(finding, turn));
    this.#suppressor = suppress && new Suppressor(around.component, plan, suppress, around.limits);
    this.keepers = [this.#rows.keeper, this.#suppressor].filter((keeper) => keeper !== undefined);
  }

  /** Takes one row, of event time `time`. True if `where` holds: the row is confirmed. */
  push(row: Row, time: Time, turn: Turn): boolean {
    const { unmatched, allowed, counted } = this.#counters;
    this.#rows.see?.(time, turn);
    const readable = row.event !== undefined || this.#searches;
    if (!readable || !this.#where(row.texts)) {
      turn.tally.add(unmatched);
      return false;
    }
    if (this.#allowlist.allows(row, time, turn)) turn.tally.add(allowed);
    else turn.tally.add(this.#rows.push(row, time, turn) ? counted : unmatched);
    return true;
  }

  /** So many events came that `where` does not hold for. Not to be called if it `seesAll`. */
  passOver(events: number, turn: Turn): void {
    turn.tally.add(this.#counters.unmatched, events);
  }

  /** True if it has to be shown every event, as it needs to know when there were any at all. */
  get seesAll(): boolean {
    return this.#rows.see !== undefined;
  }

  #emit(finding: Finding, turn: Turn): void {
    const { findings, suppressed, emitted } = this.#counters;
    turn.tally.add(findings);
    if (this.#suppressor?.admit(finding, turn) === false) {
      turn.tally.add(suppressed);
      return;
    }
    turn.tally.add(emitted);
    // Up to here the seals count: they tell one secret from another.
    const columns = shownColumns(finding.columns);
    turn.output.finding(columns === finding.columns ? finding : { ...finding, columns });
  }
}

/** The names of the counters of a plan: put together once, and not for each row. */
interface Counters {
  readonly unmatched: string;
  readonly allowed: string;
  readonly counted: string;
  readonly findings: string;
  readonly suppressed: string;
  readonly emitted: string;
}

function countersOf(plan: Plan): Counters {
  const name = counterOf(plan);
  return {
    unmatched: `${name}/unmatched`,
    allowed: `${name}/allowed`,
    counted: `${name}/counted`,
    findings: `${name}/findings`,
    suppressed: `${name}/suppressed`,
    emitted: `${name}/emitted`,
  };
}

function consumerOf(plan: Plan, around: Around, emit: (finding: Finding, turn: Turn) => void): RowConsumer {
  const transform = stepOf(plan, 'transform');
  const aggregate = stepOf(plan, 'aggregate');
  const having = stepOf(plan, 'having');
  assert(!transform || !aggregate, `plan "${plan.id}" has both a transform and an aggregate`);
  assert(aggregate || !having, `plan "${plan.id}" has having without aggregate`);
  if (transform) return transformedRows(plan, transform, around, emit);
  return aggregate
    ? new AggregatedRows(plan, { aggregate, having }, around, emit)
    : new PlainRows(plan, emit);
}

/** The step of a kind, of which a plan has at most one. */
function stepOf<Kind extends Step['kind']>(plan: Plan, kind: Kind): StepOf<Kind> | undefined {
  return plan.steps.find((step): step is StepOf<Kind> => step.kind === kind);
}
