import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { explainEvent, type Circumstances } from '../detection/explain.ts';
import { describeDetection } from '../detection/explain/describe-detection.ts';
import { formatExplanation } from '../detection/explain/explanation.ts';
import type { Plan } from '../detection/plan/plan.ts';
import { parseJson } from '../record/json.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { ConfigError } from '../util/problem.ts';
import { explainScan } from './explain/explain-scan.ts';
import { wantedDetections } from './explain/wanted-detections.ts';
import { referencesOf } from './references.ts';

export interface ExplainOptions {
  /** A file of events; `-` is standard input. Without it the detection itself is shown. */
  readonly event?: string | undefined;
  /** Shows how the scanner looks for the detections. */
  readonly scan?: boolean | undefined;
  /** A log, for what comes of the scan. */
  readonly data?: string | undefined;
  /** What Splunk would call the origin of the events. */
  readonly source?: string | undefined;
  readonly sourcetype?: string | undefined;
  readonly detections: readonly string[];
  readonly allowlists: readonly string[];
  /** A database of places. */
  readonly geoip?: string | undefined;
}

/**
 * Shows what detections compile to, for each event of a file which test decided, or how the scanner looks for all of
 * them together. Each of `names` is a file or folder, or the id of a detection in `detections` or, if there is neither,
 * among those that come with riskpipe.
 */
export async function explain(names: readonly string[], options: ExplainOptions): Promise<ExitCode> {
  const { event, scan, data } = options;
  if (data !== undefined && !scan) return complain('--data is the log for --scan; write both');
  if (scan && event !== undefined)
    return complain('--scan looks at a log, --event at events; write one of them');
  try {
    const found = await wantedDetections(names, options.detections, options.allowlists);
    if (typeof found === 'string') return complain(found);
    const plans = found.detections.map(({ plan }) => plan);
    if (scan) {
      process.stdout.write(explainScan(plans, data));
      return exitCode.done;
    }
    if (event !== undefined) {
      const { source, sourcetype, geoip } = options;
      const references = await referencesOf(found, geoip);
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
