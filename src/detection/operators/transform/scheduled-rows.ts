import { hashOf } from '../../../record/hash.ts';
import type { Time } from '../../../record/time.ts';
import { neededColumns } from '../../plan/needed-columns.ts';
import type { Plan } from '../../plan/plan.ts';
import { isRowLocal } from '../../plan/row-local.ts';
import type { Stage, Transform } from '../../plan/transform.ts';
import { announceOfPane } from '../announce-of-pane.ts';
import { groupLayout } from '../group.ts';
import type { Limits } from '../limits.ts';
import { Origins } from '../origins.ts';
import type { Pane } from '../panes.ts';
import type { Around, Emit, RowConsumer } from '../row-consumer.ts';
import type { Row } from '../row.ts';
import { groupsText, lateText, roomText, rowsText } from '../shortage-text.ts';
import { counterOf } from '../tally.ts';
import type { Turn } from '../turn.ts';
import { boundColumns } from './bound-columns.ts';
import { compactShape } from './compact-shape.ts';
import { CompactedRows } from './compacted-rows.ts';
import { Entry } from './entry.ts';
import { ListedRows } from './listed-rows.ts';
import { runRowStages } from './run-row-stages.ts';
import { SchedulePanes } from './schedule-panes.ts';
import { ScheduledWindows } from './scheduled-windows.ts';
import { compileRowStage } from './stages/compile-row-stage.ts';
import type { Columns, RowStage, TableRow } from './table-row.ts';
import type { Fate, WaitingRows } from './waiting-rows.ts';

/** What became of a row in one window: as when it was to wait, or the window had run. */
type Outcome = Fate | 'late';

/**
 * A search as its schedule would have run it (spec/spl.md §3.9): a row goes through the stages that look at it alone as
 * it comes, and waits in every window that holds it for those that need all rows. What comes at the time of the run or
 * later is late.
 */
export class ScheduledRows implements RowConsumer {
  readonly keeper: ScheduledWindows;
  readonly see: RowConsumer['see'];
  readonly #plan: Plan;
  readonly #around: Around;
  readonly #panes: SchedulePanes;
  readonly #entry: Entry;
  readonly #prefix: readonly RowStage[];
  /** The columns that the stages behind the prefix need; undefined: all. */
  readonly #needed: ReadonlySet<string> | undefined;
  readonly #waiting: WaitingRows;
  readonly #origins = new Origins();

  constructor(plan: Plan, { stages, schedule }: Transform, around: Around, emit: Emit) {
    const shape = hashOf(JSON.stringify(['scheduled', groupLayout, schedule, stages])).slice(0, 12);
    const name = `detect/${around.component}/schedule/${plan.id}/${shape}`;
    const found = stages.findIndex((stage) => !isRowLocal(stage));
    const barrier = found === -1 ? stages.length : found;
    const behind = stages.slice(barrier);
    const needed = neededColumns(behind);
    this.#plan = plan;
    this.#around = around;
    this.#panes = new SchedulePanes(name, schedule);
    this.#entry = new Entry(stages);
    this.#prefix = stages.slice(0, barrier).map(compileRowStage);
    this.#needed = needed === 'all' ? undefined : needed;
    this.#waiting = waitingRows(behind, around.limits);
    const given = { waiting: this.#waiting, origins: this.#origins };
    this.keeper = new ScheduledWindows(name, plan, given, around, emit);
    this.see = stages.some(answersNothing) ? (time, turn) => this.#open(time, turn) : undefined;
  }

  /** False if the row is in no window, or nothing becomes of it before the stages that wait. */
  push(row: Row, time: Time, turn: Turn): boolean {
    const columns = this.#entry.columnsOf(row);
    const panes = this.#panes.all(time);
    const outcomes = new Set(panes.flatMap((pane) => this.#come(pane, columns, row, time, turn)));
    const name = counterOf(this.#plan);
    if (outcomes.has('late')) turn.tally.add(`${name}/late`);
    if (outcomes.has('left out')) turn.tally.add(`${name}/overflow`);
    outcomes.delete('nowhere');
    return outcomes.size > 0;
  }

  /** A `stats` without `by` answers even where nothing was chosen, so such windows run as well. */
  #open(time: Time, turn: Turn): void {
    for (const pane of this.#panes.all(time)) {
      if (!turn.watermark.passed(pane.closes)) turn.agenda.add(this.keeper.name, pane);
    }
  }

  #come(pane: Pane, columns: Columns, row: Row, time: Time, turn: Turn): readonly Outcome[] {
    const at = { now: pane.end, references: this.#around.references };
    const cut = (): void => this.#announce('fan_out', rowsText, pane, row, time, turn);
    const made = runRowStages(this.#prefix, columns, at, cut);
    // Later rows come first in the result; those of one event are to keep their order.
    const rows = made.toReversed().map((columnsMade) => this.#tableRow(columnsMade, row, time));
    if (rows.length === 0) return ['nowhere'];
    if (turn.watermark.passed(pane.closes)) {
      this.#announce('late_rows', lateText, pane, row, time, turn);
      return ['late'];
    }
    const fates = rows.map((each) => this.#waiting.add(pane, each, at, turn));
    if (fates.some((fate) => fate !== 'nowhere')) turn.agenda.add(this.keeper.name, pane);
    const { limits } = this.#around;
    const isHeavy = turn.rows.isHeavy(limits);
    if (fates.includes('together')) {
      this.#announce('groups_overflow', groupsText(roomText(limits, isHeavy)), pane, row, time, turn);
    }
    if (fates.includes('left out')) {
      const message = `more than ${roomText(limits, isHeavy, 'rows')}; further ones are in no result`;
      this.#announce('rows_overflow', message, pane, row, time, turn);
    }
    return fates;
  }

  #tableRow(columns: Columns, row: Row, time: Time): TableRow {
    const text = time.toString();
    const origin = this.#origins.encode(row.context, row.resource);
    const trace = { from: text, to: text, events: 1, evidence: [[text, row.id] as const], origin };
    const needed = this.#needed;
    return {
      columns: boundColumns(needed ? new Map([...columns].filter(([name]) => needed.has(name))) : columns),
      trace,
    };
  }

  #announce(kind: string, message: string, pane: Pane, row: Row, time: Time, turn: Turn): void {
    announceOfPane(this.#plan, pane, { kind, message, time, resource: row.resource }, turn);
  }
}

function waitingRows(stages: readonly Stage[], limits: Limits): WaitingRows {
  const shape = compactShape(stages);
  return shape === undefined ? new ListedRows(stages, limits) : new CompactedRows(shape, stages, limits);
}

const answersNothing = (stage: Stage): boolean =>
  stage.kind === 'stats' && !stage.join && stage.by.length === 0;
