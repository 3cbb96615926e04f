import { formatTime, type Time } from '../record/time.ts';
import { unreachable } from '../util/assert.ts';
import { formatDuration } from '../util/duration.ts';
import type { Finding } from './finding.ts';
import { Panes } from './operators/panes.ts';
import { compilePredicate } from './operators/predicate.ts';
import type { Row } from './operators/row.ts';
import { describeExpr } from './plan/describe-expr.ts';
import { hasExpired } from './plan/expiry.ts';
import type { Aggregate, AllowEntry, Plan, Step } from './plan/plan.ts';
import { rowOf, runSample } from './sample-run.ts';
import { explainExpr } from './explain/explain-expr.ts';
import { shownValues, type ExplanationLine } from './explain/explanation.ts';

/**
 * What a plan makes of one event, given as JSON text, as if it were the only one: which test held for which value,
 * which allowlist entry excuses it, its groups and its window, and what leaves. Undefined if the text is no event.
 */
export function explainEvent(plan: Plan, text: string): readonly ExplanationLine[] | undefined {
  const row = rowOf(text);
  if (row === undefined) return undefined;
  const where = explainExpr(plan.where, row.texts, 'where');
  const result = resultLines(plan, text, row);
  // Nothing behind "where" matters to an event that it does not hold for.
  if (where[0]?.holds !== true) return [...where, ...result];
  return [...where, ...plan.steps.flatMap((step) => stepLines(step, row)), ...result];
}

function stepLines(step: Step, row: Row): readonly ExplanationLine[] {
  if (step.kind === 'allow') return step.entries.map((entry) => allowLine(entry, row));
  return step.kind === 'aggregate' ? [...groupLines(step, row), windowLine(step, row)] : [];
}

const plain = (part: ExplanationLine['part'], text: string): ExplanationLine => ({
  part,
  depth: 0,
  text,
  holds: undefined,
  seen: undefined,
});

function allowLine(entry: AllowEntry, row: Row): ExplanationLine {
  const { allowlist, index, where, expires } = entry;
  const matches = compilePredicate(where)(row.texts);
  const expired = hasExpired(entry, row.stamp ?? 0n);
  const note = expired && expires !== undefined ? `, expired ${formatTime(expires)}` : '';
  return {
    part: 'allow',
    depth: 0,
    text: `${allowlist}[${index}] ${describeExpr(where)}${note}`,
    holds: matches && !expired,
    seen: where.kind === 'test' ? row.texts(where.field) : undefined,
  };
}

function groupLines({ by }: Aggregate, row: Row): readonly ExplanationLine[] {
  return by.map(({ field, as, default: fill }) => {
    const values = row.texts(field);
    if (values.length > 0) return plain('group', `${as} = ${shownValues([...new Set(values)])}`);
    return plain(
      'group',
      fill === undefined ? `${as} is missing and has no default` : `${as} = ${fill} (default)`,
    );
  });
}

const windowLine = (aggregate: Aggregate, row: Row): ExplanationLine =>
  plain(
    'window',
    row.stamp === undefined ? 'that of the time when it came' : windowText(aggregate, row.stamp),
  );

function windowText({ window }: Aggregate, time: Time): string {
  switch (window.kind) {
    case 'tumbling': {
      const { every, offset, lateness } = window;
      const { start, end, closes } = new Panes('', { size: every, offset, keep: lateness }).at(time);
      return `${formatTime(start)} to ${formatTime(end)}, closes ${formatTime(closes)}`;
    }
    case 'sliding':
      return `the ${formatDuration(window.length)} before ${formatTime(time)}`;
    case 'session':
      return `from ${formatTime(time)} until the group is silent for ${formatDuration(window.gap)}`;
    default:
      return unreachable(window);
  }
}

function resultLines(plan: Plan, text: string, row: Row): readonly ExplanationLine[] {
  const { findings } = runSample(plan, [text]);
  if (findings.length > 0) return findings.map((finding) => plain('result', findingText(finding)));
  return [plain('result', `no finding: ${reason(plan, row)}`)];
}

function findingText({ plan, kind, columns }: Finding): string {
  const when = kind === 'first' ? 'finding at once' : 'finding when its window closes';
  const risks = (plan.risk?.objects ?? []).map(
    ({ field, type, score }) => `risk ${score} for ${type} ${shownValues(columns.get(field) ?? [])}`,
  );
  return risks.length === 0 ? when : `${when}: ${risks.join(', ')}`;
}

/** Why one event alone makes no finding: the first part of the plan that holds it back. */
function reason(plan: Plan, row: Row): string {
  if (!compilePredicate(plan.where)(row.texts)) return '"where" does not hold';
  for (const step of plan.steps) {
    if (step.kind === 'allow') {
      const entry = step.entries.find((candidate) => allowLine(candidate, row).holds === true);
      if (entry) return `allowed by ${entry.allowlist}[${entry.index}], ${entry.reason} (${entry.owner})`;
    }
    if (step.kind === 'aggregate') {
      const missing = step.by.find((key) => key.default === undefined && row.texts(key.field).length === 0);
      if (missing) return `it has no "${missing.field.name}" to group by`;
    }
  }
  return 'one event alone does not satisfy "having"';
}
