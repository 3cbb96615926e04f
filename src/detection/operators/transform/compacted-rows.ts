import type { Stored } from '../../../store/store.ts';
import type { Stage } from '../../plan/transform.ts';
import { keyOf } from '../combinations.ts';
import { asGroup, keptGroup } from '../group.ts';
import type { Limits } from '../limits.ts';
import { keyWithRoom, overflowKey } from '../overflow.ts';
import type { Pane } from '../panes.ts';
import type { Turn } from '../turn.ts';
import { CompactRows, type CompactRow } from './compact-row.ts';
import type { CompactShape } from './compact-shape.ts';
import { CompiledStats } from './compiled-stats.ts';
import { emptyTrace } from './empty-trace.ts';
import { runTableStages } from './listed-rows.ts';
import { runRowStages } from './run-row-stages.ts';
import { compileRowStage } from './stages/compile-row-stage.ts';
import { StatsTable, type Shortage } from './stats-table.ts';
import { streamingStages } from './streaming-stages.ts';
import type { Moment, RowStage, TableRow } from './table-row.ts';
import type { Fate, WaitingRows } from './waiting-rows.ts';

/**
 * Rows that wait for a `stats`, those with equal key columns as one, so that a scan of a million events stays small. At
 * most `limits.groups` of them wait in a window; what comes beyond is counted at once, all together as one group, filled
 * as in streaming mode (spec/reliability.md §4 E16).
 */
export class CompactedRows implements WaitingRows {
  readonly #shape: CompactShape;
  readonly #limits: Limits;
  readonly #rows: CompactRows;
  readonly #stats: CompiledStats;
  readonly #between: readonly RowStage[];
  /** Fill and all that stands before the stats, for a row that cannot wait. */
  readonly #atOnce: readonly RowStage[];

  /** `stages` are those that `shape` was made of. */
  constructor(shape: CompactShape, stages: readonly Stage[], limits: Limits) {
    this.#shape = shape;
    this.#limits = limits;
    this.#rows = new CompactRows(shape, limits);
    this.#stats = new CompiledStats(shape.stats, limits);
    this.#between = shape.between.map(compileRowStage);
    this.#atOnce = streamingStages(stages, 0, stages.indexOf(shape.stats));
  }

  add({ table }: Pane, { columns, trace }: TableRow, at: Moment, turn: Turn): Fate {
    const { fill, stats } = this.#shape;
    // Without a fill nothing will give it the column that it lacks.
    if (fill === undefined && stats.by.some((name) => !columns.has(name))) return 'nowhere';
    const row = this.#rows.of(columns, trace, at);
    const own = keyOf(row.keys.map((values) => JSON.stringify(values)));
    const { rows } = turn;
    const known = rows.get(table, own);
    if (keyWithRoom(own, known, rows.hasRoom(table, this.#limits)) !== own) {
      this.#overflow(table, { columns, trace }, at, turn);
      return 'together';
    }
    // The table holds nothing else, and the store answers for its rows.
    rows.put(table, own, known === undefined ? row : this.#rows.merge(row, known as CompactRow));
    return 'waits';
  }

  run(
    entries: readonly (readonly [key: string, value: Stored])[],
    at: Moment,
    say: (shortage: Shortage) => void,
  ): readonly TableRow[] {
    const waiting = entries.flatMap(([key, value]) => (key === overflowKey ? [] : [value as CompactRow]));
    const overflow = asGroup(entries.find(([key]) => key === overflowKey)?.[1]);
    const present = this.#rows.columnsOf(waiting);
    const table = new StatsTable(this.#stats);
    for (const row of waiting) {
      for (const columns of runRowStages(this.#between, this.#rows.filled(row, present), at)) {
        table.add(columns, this.#rows.measuresOf(row, columns, present, at), row);
      }
    }
    if (overflow !== undefined) table.addOverflow(overflow);
    say(table.shortage);
    const { rest } = this.#shape;
    return runTableStages(rest, table.rows(emptyTrace(at)), { at, limits: this.#limits, say });
  }

  #overflow(pane: string, row: TableRow, at: Moment, { rows }: Turn): void {
    const table = new StatsTable(this.#stats);
    for (const columns of runRowStages(this.#atOnce, row.columns, at)) {
      table.add(columns, this.#stats.measuresOf(columns, BigInt(row.trace.to), at), row.trace);
    }
    const added = table.whole();
    if (added === undefined) return;
    const before = asGroup(rows.get(pane, overflowKey));
    rows.put(pane, overflowKey, keptGroup(before === undefined ? added : this.#stats.merge(added, before)));
  }
}
