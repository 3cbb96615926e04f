import { printable } from '../../util/printable.ts';
import type { Finding } from '../finding.ts';
import type { Plan } from '../plan/plan.ts';
import type { References } from '../reference.ts';
import { runSample, timesOf, type Sample } from '../sample-run.ts';
import type { TestResult } from '../testing.ts';
import { allTime } from './all-time.ts';

/** Malformed events that are told of one by one. */
const maxMalformed = 5;

/**
 * Tests a published detection with the data that its author names, as contentctl does (spec/spl.md §4.1): over all
 * events at once it finds a row in which every risk object's field is there and not `null`, and the field of each
 * threat object is there in some row. Lines that are no events do not fail it; they are told of if it fails.
 */
export function runDataTest(
  plan: Plan,
  name: string,
  samples: readonly Sample[],
  references: References,
): TestResult {
  const { oldest, newest } = timesOf(plan, samples) ?? { oldest: 0n, newest: 0n };
  const whole = allTime(plan, oldest, newest);
  const { findings, malformed } = runSample(whole.plan, samples, references);
  const rows = findings.filter(whole.isResult).map(({ columns }) => columns);
  const why = problems(plan, rows);
  if (why.length === 0) return { name, passed: true, why };
  const more = malformed.length - maxMalformed;
  const unread = [...malformed.slice(0, maxMalformed), ...(more > 0 ? [`${more} more are no events`] : [])];
  return { name, passed: false, why: [...why, ...unread] };
}

type Columns = Finding['columns'];

function problems({ risk }: Plan, rows: readonly Columns[]): readonly string[] {
  if (rows.length === 0) return ['expected a row, found none'];
  const objects = [...new Set(risk?.objects.map(({ field }) => field))];
  const threats = [...new Set(risk?.threats.map(({ field }) => field))];
  const found = `found ${rows.length === 1 ? '1 row' : `${rows.length} rows`}`;
  return [
    ...(rows.some((row) => objects.every((field) => valuesOf(row, field).some((value) => value !== 'null')))
      ? []
      : [`${found}, none of which has every risk object: ${objects.map(quoted).join(', ')}`]),
    ...threats
      .filter((field) => !rows.some((row) => valuesOf(row, field).some(isPopulated)))
      .map((field) => `${found}, none of which has the threat object ${quoted(field)}`),
  ];
}

const valuesOf = (row: Columns, field: string): readonly string[] => row.get(field) ?? [];

const isPopulated = (value: string): boolean => value !== '' && value !== 'null';

const quoted = (field: string): string => `"${printable(field)}"`;
