import { formatTime, type Time } from '../record/time.ts';
import { unreachable } from '../util/assert.ts';
import { formatDuration } from '../util/duration.ts';
import { explainExpr } from './explain/explain-expr.ts';
import { explainResult, isAllowedBy } from './explain/explain-result.ts';
import { explainTransform } from './explain/explain-transform.ts';
import { plainLine, shownValues, type ExplanationLine } from './explain/explanation.ts';
import { Panes } from './operators/panes.ts';
import type { Row } from './operators/row.ts';
import { describeExpr } from './plan/describe-expr.ts';
import { hasExpired } from './plan/expiry.ts';
import type { Aggregate, AllowEntry, Mode, Plan, Step } from './plan/plan.ts';
import { noReferences, type References } from './reference.ts';
import { sampleRow, type Sample } from './sample-run.ts';

/** What is known of an event beside its text. */
export interface Circumstances {
  readonly origin?: Omit<Sample, 'lines'>;
  /** What lookups and places are looked up in; nothing if left out. */
  readonly references?: References;
}

/**
 * What a plan makes of one event, given as JSON text, as if it were the only one: which test held for which value,
 * which allowlist entry excuses it, its groups or what each stage of a search does to it, its window, and what leaves.
 * Undefined if the text is no event.
 */
export function explainEvent(
  plan: Plan,
  text: string,
  { origin = {}, references = noReferences }: Circumstances = {},
): readonly ExplanationLine[] | undefined {
  const row = sampleRow(plan, text, origin);
  if (row === undefined) return undefined;
  const where = explainExpr(plan.where, row.texts, { part: 'where' });
  const result = explainResult({ plan, row, sample: { ...origin, lines: [text] }, references });
  // Nothing behind "where" matters to an event that it does not hold for.
  if (where[0]?.holds !== true) return [...where, ...result];
  const steps = plan.steps.flatMap((step) => stepLines(step, row, plan.mode, references));
  return [...where, ...steps, ...result];
}

function stepLines(step: Step, row: Row, mode: Mode, references: References): readonly ExplanationLine[] {
  switch (step.kind) {
    case 'allow':
      return step.entries.map((entry) => allowLine(entry, row));
    case 'aggregate':
      return [...groupLines(step, row), windowLine(step, row)];
    case 'transform':
      return explainTransform(step, row, mode, references);
    case 'having':
    case 'suppress':
      return [];
    default:
      return unreachable(step);
  }
}

function allowLine(entry: AllowEntry, row: Row): ExplanationLine {
  const { allowlist, index, where, expires } = entry;
  const expired = hasExpired(entry, row.stamp ?? 0n);
  const note = expired && expires !== undefined ? `, expired ${formatTime(expires)}` : '';
  return {
    part: 'allow',
    depth: 0,
    text: `${allowlist}[${index}] ${describeExpr(where)}${note}`,
    holds: isAllowedBy(entry, row),
    seen: where.kind === 'test' ? row.texts(where.field) : undefined,
  };
}

function groupLines({ by }: Aggregate, row: Row): readonly ExplanationLine[] {
  return by.map(({ field, as, default: fill }) => {
    const values = row.texts(field);
    if (values.length > 0) return plainLine('group', `${as} = ${shownValues([...new Set(values)])}`);
    return plainLine(
      'group',
      fill === undefined ? `${as} is missing and has no default` : `${as} = ${fill} (default)`,
    );
  });
}

const windowLine = (aggregate: Aggregate, row: Row): ExplanationLine =>
  plainLine(
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
