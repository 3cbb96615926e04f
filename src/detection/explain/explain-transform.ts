import { formatTime } from '../../record/time.ts';
import type { Row } from '../operators/row.ts';
import { ScheduleWindows, type ScheduleWindow } from '../operators/transform/schedule-windows.ts';
import type { Mode } from '../plan/plan.ts';
import { streamingProblem } from '../plan/streaming-problem.ts';
import type { Transform } from '../plan/transform.ts';
import type { References } from '../reference.ts';
import { explainStage, whyNothing } from './explain-stage.ts';
import { plainLine, type ExplanationLine } from './explanation.ts';
import { traceStages, type StageTrace } from './trace-stages.ts';

const maxWindows = 3;

/** The stages that an event goes through in a mode, up to the one behind which nothing is left, and its windows. */
export function explainTransform(
  transform: Transform,
  row: Row,
  mode: Mode,
  references: References,
): readonly ExplanationLine[] {
  const traces = traceTransform(transform, row, modeOf(transform, mode), references);
  const reached = traces.filter(({ before, after }) => before.length + after.length > 0);
  return [
    ...reached.flatMap((trace) => explainStage(trace, traces.indexOf(trace) + 1)),
    ...windowTexts(transform, row).map((text) => plainLine('window', text)),
  ];
}

/** Why one event alone makes no finding in a mode, as far as the search decides. */
export function transformReason(
  transform: Transform,
  row: Row,
  mode: Mode,
  references: References,
): string | undefined {
  const traces = traceTransform(transform, row, mode, references);
  const last = traces.find(({ after }) => after.length === 0);
  if (last !== undefined && traces.at(-1)?.after.length === 0) {
    const why = whyNothing(last);
    return `nothing is left behind stage ${traces.indexOf(last) + 1}${why === undefined ? '' : `, which ${why}`}`;
  }
  return windowsOf(transform, row)?.length === 0 ? 'it is in no window of the schedule' : undefined;
}

/** The mode that a search really runs in. */
const modeOf = (transform: Transform, mode: Mode): Mode =>
  streamingProblem(transform) === undefined ? mode : 'scheduled';

function traceTransform(
  { stages, schedule }: Transform,
  row: Row,
  mode: Mode,
  references: References,
): readonly StageTrace[] {
  const now = new ScheduleWindows(schedule).primaryAt(row.stamp ?? 0n).end;
  return traceStages(stages, row, mode, { now, references });
}

/** Undefined for an event that does not say its time. */
const windowsOf = ({ schedule }: Transform, { stamp }: Row): readonly ScheduleWindow[] | undefined =>
  stamp === undefined ? undefined : new ScheduleWindows(schedule).windowsAt(stamp);

function windowTexts(transform: Transform, row: Row): readonly string[] {
  const { cron, earliest, latest } = transform.schedule;
  const windows = windowsOf(transform, row);
  if (windows === undefined) return ['those of the time when it came'];
  if (windows.length === 0) return [`none: no run of "${cron}" looks at it, from ${earliest} to ${latest}`];
  const texts = windows
    .slice(0, maxWindows)
    .map(
      ({ start, end, runs }) =>
        `${formatTime(start)} to ${formatTime(end)}, the run is at ${formatTime(runs)}`,
    );
  const more = windows.length - texts.length;
  return more > 0 ? [...texts, `and ${more} more`] : texts;
}
