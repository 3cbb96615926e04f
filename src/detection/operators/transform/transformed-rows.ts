import { modeProblem } from '../../plan/mode-problem.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Transform } from '../../plan/transform.ts';
import type { Around, Emit, RowConsumer } from '../row-consumer.ts';
import { ScheduledRows } from './scheduled-rows.ts';
import { StreamedRows } from './streamed-rows.ts';
import { StreamedStats } from './streamed-stats.ts';

/**
 * The transform of a plan, as its mode says. One whose rows cannot be known before their window ends runs scheduled in
 * either mode; whoever loads it says so.
 */
export function transformedRows(plan: Plan, transform: Transform, around: Around, emit: Emit): RowConsumer {
  if (plan.mode === 'scheduled' || modeProblem('streaming', transform) !== undefined) {
    return new ScheduledRows(plan, transform, around, emit);
  }
  const at = transform.stages.findIndex(({ kind }) => kind === 'stats');
  const stats = transform.stages[at];
  return stats?.kind === 'stats'
    ? new StreamedStats(plan, transform, { stats, at }, around, emit)
    : new StreamedRows(plan, transform, around, emit);
}
