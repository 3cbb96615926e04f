import type { Stats } from '../../plan/transform.ts';
import type { Limits } from '../limits.ts';
import { CompiledStats } from './compiled-stats.ts';
import { emptyTrace } from './empty-trace.ts';
import { withColumns } from './stages/with-columns.ts';
import { StatsTable, type Shortage } from './stats-table.ts';
import type { TableRow, TableStage } from './table-row.ts';

/**
 * `stats` and `eventstats` over all rows of a window, newest first (spec/spl.md §3.2). `say` is told what had no room.
 *
 * `eventstats` gives a row the measures of its group as columns; a row in several groups, by a `by` column of several
 * values, gets the distinct texts of all of them. A row in no group stays as it is.
 */
export function statsStage(
  stage: Stats,
  limits: Limits,
  say: (shortage: Shortage) => void = () => {},
): TableStage {
  const stats = new CompiledStats(stage, limits);
  return (rows, at) => {
    const table = new StatsTable(stats);
    const keys = rows.map(({ columns, trace }) =>
      table.add(columns, stats.measuresOf(columns, BigInt(trace.to), at), trace),
    );
    say(table.shortage);
    if (!stage.join) return table.rows(emptyTrace(at));
    return rows.map((row, index) => joined(row, keys[index] ?? [], table, stats));
  };
}

function joined(row: TableRow, keys: readonly string[], table: StatsTable, stats: CompiledStats): TableRow {
  const held = keys.map((key) => table.group(key)?.measures ?? []);
  if (held.length === 0) return row;
  const texts = new Map(stats.measured(held));
  const changes = stats.stage.measures.map(({ as }) => [as, texts.get(as) ?? []] as const);
  return { ...row, columns: withColumns(row.columns, changes) };
}
