import { defaultLimits } from '../operators/limits.ts';
import type { Row } from '../operators/row.ts';
import { Entry } from '../operators/transform/entry.ts';
import { runTableStages } from '../operators/transform/listed-rows.ts';
import { runRowStages } from '../operators/transform/run-row-stages.ts';
import { streamingStages } from '../operators/transform/streaming-stages.ts';
import type { Columns, Moment, TableRow } from '../operators/transform/table-row.ts';
import type { Mode } from '../plan/plan.ts';
import type { Stage } from '../plan/transform.ts';

/** What one stage made of the rows that came to it. */
export interface StageTrace {
  readonly stage: Stage;
  readonly before: readonly Columns[];
  readonly after: readonly Columns[];
}

/** What becomes of one event in one stage after the other, as the only one of its window, in a mode. */
export function traceStages(
  stages: readonly Stage[],
  row: Row,
  mode: Mode,
  at: Moment,
): readonly StageTrace[] {
  const time = (row.stamp ?? at.now).toString();
  const trace = { from: time, to: time, events: 1, evidence: [[time, row.id] as const], origin: null };
  let rows: readonly TableRow[] = [{ columns: new Entry(stages).columnsOf(row), trace }];
  return stages.map((stage, index) => {
    const before = rows;
    rows = mode === 'streaming' ? streamed(stages, index, before, at) : scheduled(stage, before, at);
    return { stage, before: before.map(columnsOf), after: rows.map(columnsOf) };
  });
}

const columnsOf = ({ columns }: TableRow): Columns => columns;

const scheduled = (stage: Stage, rows: readonly TableRow[], at: Moment): readonly TableRow[] =>
  runTableStages([stage], rows, { at, limits: defaultLimits, say: () => {} });

function streamed(
  stages: readonly Stage[],
  index: number,
  rows: readonly TableRow[],
  at: Moment,
): readonly TableRow[] {
  const stage = stages[index];
  // No group begins without an event.
  if (stage?.kind === 'stats') return rows.length === 0 ? [] : scheduled(stage, rows, at);
  const compiled = streamingStages(stages, index, index + 1);
  return rows.flatMap(({ columns, trace }) =>
    runRowStages(compiled, columns, at).map((made) => ({ columns: made, trace })),
  );
}
