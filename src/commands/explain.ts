import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { explainEvent, type Circumstances } from '../detection/explain.ts';
import { describeDetection } from '../detection/explain/describe-detection.ts';
import { formatExplanation } from '../detection/explain/explanation.ts';
import type { Plan } from '../detection/plan/plan.ts';
import { parseJson } from '../record/json.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { ConfigError } from '../util/problem.ts';
import { wantedDetections } from './explain/wanted-detections.ts';
import { referencesOf } from './references.ts';

export interface ExplainOptions {
  /** A file of events; `-` is standard input. Without it the detection itself is shown. */
  readonly event?: string | undefined;
  /** What Splunk would call the origin of the events. */
  readonly source?: string | undefined;
  readonly sourcetype?: string | undefined;
  readonly detections: readonly string[];
  readonly allowlists: readonly string[];
  /** A database of places. */
  readonly geoip?: string | undefined;
}

/**
 * Shows what a detection compiles to, or for each event of a file which test decided. `what` is a file or folder, or
 * the id of a detection in `detections` or, if those are none, among those that come with riskpipe.
 */
export async function explain(what: string, options: ExplainOptions): Promise<ExitCode> {
  try {
    const found = await wantedDetections(what, options.detections, options.allowlists);
    if (typeof found === 'string') return complain(found);
    const { event } = options;
    if (event !== undefined) {
      const { source, sourcetype, geoip } = options;
      const references = await referencesOf(found, geoip);
      const plans = found.detections.map(({ plan }) => plan);
      return await explainEvents(plans, event, { origin: { source, sourcetype }, references });
    }
    for (const detection of found.detections) process.stdout.write(describeDetection(detection));
    return exitCode.done;
  } catch (error) {
    if (error instanceof ConfigError || (error instanceof Error && 'code' in error))
      return complain(error.message);
    throw error;
  }
}

async function explainEvents(
  plans: readonly Plan[],
  file: string,
  options: Circumstances,
): Promise<ExitCode> {
  const events = eventsIn(await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')));
  const unread = plans.flatMap((plan) => events.filter((event) => !explainOne(plan, event, options)));
  return unread.length > 0 || events.length === 0
    ? complain(`${file} holds a text that is no JSON object`)
    : exitCode.done;
}

/** One event, in however many lines, or one event a line. */
function eventsIn(read: string): readonly string[] {
  return parseJson(read) === undefined ? read.split('\n').filter((line) => line.trim() !== '') : [read];
}

/** False if the text is no event. */
function explainOne(plan: Plan, event: string, options: Circumstances): boolean {
  const lines = explainEvent(plan, event, options);
  if (lines === undefined) return false;
  process.stdout.write(`${formatExplanation(lines)}\n`);
  return true;
}

function complain(message: string): ExitCode {
  process.stderr.write(`${message}\n`);
  return exitCode.problemsFound;
}
