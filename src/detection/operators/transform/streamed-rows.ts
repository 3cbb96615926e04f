import { formatTime, type Time } from '../../../record/time.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Transform } from '../../plan/transform.ts';
import type { References } from '../../reference.ts';
import type { Around, Emit, RowConsumer } from '../row-consumer.ts';
import { rowFinding } from '../row-finding.ts';
import type { Row } from '../row.ts';
import type { Turn } from '../turn.ts';
import { Entry } from './entry.ts';
import { rowsText } from '../shortage-text.ts';
import { runRowStages } from './run-row-stages.ts';
import { ScheduleWindows } from './schedule-windows.ts';
import { streamingStages } from './streaming-stages.ts';
import type { RowStage } from './table-row.ts';

/** A search without `stats` in streaming mode: what becomes of each row is a finding at once. */
export class StreamedRows implements RowConsumer {
  readonly keeper = undefined;
  readonly #plan: Plan;
  readonly #entry: Entry;
  readonly #stages: readonly RowStage[];
  readonly #windows: ScheduleWindows;
  readonly #references: References;
  readonly #emit: Emit;

  constructor(plan: Plan, { stages, schedule }: Transform, { references }: Around, emit: Emit) {
    this.#plan = plan;
    this.#entry = new Entry(stages);
    this.#stages = streamingStages(stages, 0, stages.length);
    this.#windows = new ScheduleWindows(schedule);
    this.#references = references;
    this.#emit = emit;
  }

  /** False if nothing becomes of the row. Of several findings of one row all but the first have a number in their key. */
  push(row: Row, time: Time, turn: Turn): boolean {
    const window = this.#windows.primaryAt(time);
    const at = { now: window.end, references: this.#references };
    const cut = (): void => {
      const scope = formatTime(window.start);
      const message = `${this.#plan.title}, from ${scope} on: ${rowsText}`;
      turn.announcer.ofPlan(this.#plan, { kind: 'fan_out', scope, message, time, resource: row.resource });
    };
    const rows = runRowStages(this.#stages, this.#entry.columnsOf(row), at, cut);
    for (const [index, columns] of rows.entries()) {
      const keys = index === 0 ? [row.id] : [`${row.id} ${index + 1}`];
      this.#emit({ ...rowFinding(this.#plan, row, time), columns, keys }, turn);
    }
    return rows.length > 0;
  }
}
