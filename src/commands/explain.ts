import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { explainEvent } from '../detection/explain.ts';
import { formatExplanation } from '../detection/explain/explanation.ts';
import type { Plan } from '../detection/plan/plan.ts';
import { normalisePlan } from '../detection/plan/normalise-plan.ts';
import { printPlan } from '../detection/plan/print-plan.ts';
import { parseJson } from '../record/json.ts';
import { exitCode, type ExitCode } from '../service/exit-code.ts';
import { ConfigError } from '../util/problem.ts';
import { didYouMean } from '../util/suggest.ts';
import { detectionsIn } from './files.ts';
import { shipped } from './shipped.ts';

/**
 * Shows what a detection compiles to, and for each event of a file which test decided. `what` is a file, or the id
 * of a detection that comes with riskpipe.
 */
export async function explain(
  what: string,
  eventFile: string | undefined,
  allowlists: readonly string[],
): Promise<ExitCode> {
  try {
    const plans = await plansOf(what, allowlists);
    if (typeof plans === 'string') return complain(plans);
    if (eventFile === undefined) {
      for (const plan of plans) process.stdout.write(printPlan(normalisePlan(plan)));
      return exitCode.done;
    }
    const events = eventsIn(await (eventFile === '-' ? text(process.stdin) : readFile(eventFile, 'utf8')));
    const unread = plans.flatMap((plan) => events.filter((event) => !explainOne(plan, event)));
    return unread.length > 0 || events.length === 0
      ? complain(`${eventFile} holds a text that is no JSON object`)
      : exitCode.done;
  } catch (error) {
    if (error instanceof ConfigError || (error instanceof Error && 'code' in error))
      return complain(error.message);
    throw error;
  }
}

async function plansOf(what: string, allowlists: readonly string[]): Promise<readonly Plan[] | string> {
  if (existsSync(what)) return (await detectionsIn([what], allowlists)).detections.map(({ plan }) => plan);
  const plans = (await detectionsIn([shipped('pipelines/detections')], allowlists)).detections.map(
    ({ plan }) => plan,
  );
  const known = plans.map(({ id }) => id);
  const found = plans.filter(({ id }) => id === what);
  if (found.length > 0) return found;
  return `there is no file and no detection "${what}"; known are ${known.join(', ')}${didYouMean(what, known)}`;
}

/** One event, in however many lines, or one event a line. */
function eventsIn(read: string): readonly string[] {
  return parseJson(read) === undefined ? read.split('\n').filter((line) => line.trim() !== '') : [read];
}

/** False if the text is no event. */
function explainOne(plan: Plan, event: string): boolean {
  const lines = explainEvent(plan, event);
  if (lines === undefined) return false;
  process.stdout.write(`${formatExplanation(lines)}\n`);
  return true;
}

function complain(message: string): ExitCode {
  process.stderr.write(`${message}\n`);
  return exitCode.problemsFound;
}
