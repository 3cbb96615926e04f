import { hashOf } from '../../../record/hash.ts';
import type { Time } from '../../../record/time.ts';
import { dependsOnMeasures } from '../../plan/depends-on-measures.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Stats, Transform } from '../../plan/transform.ts';
import type { References } from '../../reference.ts';
import { Aggregation, type Arrival } from '../aggregation.ts';
import { groupLayout } from '../group.ts';
import { LeavingRow } from '../groups.ts';
import type { Around, Emit, RowConsumer } from '../row-consumer.ts';
import type { Row } from '../row.ts';
import { TumblingWindows } from '../tumbling-windows.ts';
import type { Turn } from '../turn.ts';
import { boundColumns } from './bound-columns.ts';
import { CompiledStats } from './compiled-stats.ts';
import { Entry } from './entry.ts';
import { runRowStages } from './run-row-stages.ts';
import { SchedulePanes } from './schedule-panes.ts';
import { StreamedGroups } from './streamed-groups.ts';
import { StreamedParts } from './streamed-parts.ts';
import { streamingStages } from './streaming-stages.ts';
import type { RowStage } from './table-row.ts';
import { Tail } from './tail.ts';

/**
 * A search with one `stats` in streaming mode: groups are counted per combination of `by` values in the window of the
 * schedule, and a group leaves once a window, with the row that makes it get through the stages behind the `stats`
 * (design §5).
 */
export class StreamedStats implements RowConsumer {
  readonly keeper: TumblingWindows;
  readonly #stages: readonly RowStage[];
  readonly #entry: Entry;
  readonly #stats: CompiledStats;
  readonly #aggregation: Aggregation;
  readonly #groups: StreamedGroups;
  readonly #references: References;

  /** `stats`, which is the stage at `at`, is the only one of its kind in `transform`. */
  constructor(
    plan: Plan,
    { stages, schedule }: Transform,
    { stats, at }: { readonly stats: Stats; readonly at: number },
    { component, limits, references }: Around,
    emit: Emit,
  ) {
    const shape = hashOf(JSON.stringify([groupLayout, plan.mode, schedule, stages])).slice(0, 12);
    const path = `detect/${component}/transform/${plan.id}/${shape}`;
    this.#entry = new Entry(stages);
    this.#stages = streamingStages(stages, 0, at);
    this.#references = references;
    this.#stats = new CompiledStats(stats, limits);
    this.#groups = new StreamedGroups(this.#stats, new Tail(stages, at + 1, references));
    this.#aggregation = new Aggregation({
      plan,
      grouping: this.#groups,
      limits,
      path,
      conditional: dependsOnMeasures(stats, stages.slice(at + 1)),
      leavesFirst: true,
      leavesAtClose: false,
      emit,
    });
    this.keeper = new TumblingWindows(this.#aggregation, new SchedulePanes(path, schedule));
  }

  /** False if nothing of the row counts in a group. */
  push(row: Row, time: Time, turn: Turn): boolean {
    const arrival = this.#arrival(row, time);
    if (arrival === undefined) return false;
    if (arrival.combinations.cut) this.#aggregation.announceFanOut(arrival, turn);
    this.keeper.push(arrival, turn);
    return true;
  }

  #arrival(row: Row, time: Time): Arrival | undefined {
    const pane = this.keeper.panes.at(time);
    const at = { now: pane.end, references: this.#references };
    let cut = false;
    const rows = runRowStages(this.#stages, this.#entry.columnsOf(row), at, () => (cut = true));
    const parts = new StreamedParts(this.#stats, rows.map(boundColumns), { id: row.id, time }, at);
    const { combinations, groupOf } = parts;
    cut ||= combinations.cut;
    // What decides about a group without growing measures is known now: what cannot leave takes no room.
    const all =
      this.#aggregation.conditional || this.#groups.satisfyAlways
        ? combinations.all
        : combinations.all.filter((combination) =>
            this.#groups.satisfies(new LeavingRow(groupOf(combination), combination), pane.end),
          );
    if (all.length === 0) return undefined;
    return { row, time, combinations: { ...combinations, all, cut }, pane, groupOf };
  }
}
