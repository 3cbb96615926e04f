import { compilePredicate } from '../operators/predicate.ts';
import type { Row } from '../operators/row.ts';
import { hasExpired } from '../plan/expiry.ts';
import type { Finding } from '../finding.ts';
import type { AllowEntry, Mode, Plan } from '../plan/plan.ts';
import { streamingProblem } from '../plan/streaming-problem.ts';
import type { References } from '../reference.ts';
import { runSample, type Sample } from '../sample-run.ts';
import { transformReason } from './explain-transform.ts';
import { plainLine, shownValues, type ExplanationLine } from './explanation.ts';

/** What an event is explained with. */
export interface Surroundings {
  readonly plan: Plan;
  readonly row: Row;
  /** The event alone. */
  readonly sample: Sample;
  readonly references: References;
}

const maxFindings = 10;

/** What leaves if the event is the only one, or why nothing does; of a search, in both modes. */
export function explainResult(around: Surroundings): readonly ExplanationLine[] {
  const { plan } = around;
  const transform = plan.steps.find((step) => step.kind === 'transform');
  if (transform === undefined) return outcome(around).map((text) => plainLine('result', text));
  const problem = streamingProblem(transform);
  const inMode = (mode: Mode): readonly string[] => outcome({ ...around, plan: { ...plan, mode } });
  return [
    ...(problem === undefined
      ? inMode('streaming').map((text) => `streaming: ${text}`)
      : [`streaming: runs scheduled; ${problem}`]),
    ...inMode('scheduled').map((text) => `scheduled: ${text}`),
  ].map((text) => plainLine('result', text));
}

function outcome(around: Surroundings): readonly string[] {
  const { findings } = runSample(around.plan, [around.sample], around.references);
  if (findings.length === 0) return [`no finding: ${reason(around)}`];
  const more = findings.length - maxFindings;
  const texts = findings.slice(0, maxFindings).map(findingText);
  return more > 0 ? [...texts, `and ${more} more findings`] : texts;
}

function findingText({ plan, kind, columns }: Finding): string {
  const when = kind === 'first' ? 'finding at once' : 'finding when its window closes';
  const risks = (plan.risk?.objects ?? []).map(
    ({ field, type, score }) => `risk ${score} for ${type} ${shownValues(columns.get(field) ?? [])}`,
  );
  return risks.length === 0 ? when : `${when}: ${risks.join(', ')}`;
}

/** Why one event alone makes no finding: the first part of the plan that holds it back. */
function reason({ plan, row, references }: Surroundings): string {
  if (!compilePredicate(plan.where)(row.texts)) return '"where" does not hold';
  for (const step of plan.steps) {
    if (step.kind === 'allow') {
      const entry = step.entries.find((candidate) => isAllowedBy(candidate, row));
      if (entry) return `allowed by ${entry.allowlist}[${entry.index}], ${entry.reason} (${entry.owner})`;
    }
    if (step.kind === 'aggregate') {
      const missing = step.by.find((key) => key.default === undefined && row.texts(key.field).length === 0);
      if (missing) return `it has no "${missing.field.name}" to group by`;
    }
    if (step.kind === 'transform') {
      const held = transformReason(step, row, plan.mode, references);
      if (held !== undefined) return held;
    }
  }
  return 'one event alone does not satisfy "having"';
}

/** An entry allows until it expires, in event time. */
export const isAllowedBy = (entry: AllowEntry, row: Row): boolean =>
  compilePredicate(entry.where)(row.texts) && !hasExpired(entry, row.stamp ?? 0n);
