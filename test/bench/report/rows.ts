import { summaryOf } from '../statistics/summary.ts';
import type { CaseResult } from './result.ts';
import { answer, limit, spread, subject, unitOf } from './words.ts';

/** The rows of a table, its heading first. */
export type Rows = readonly (readonly string[])[];

/** Every figure of a case: the median of its rounds, the least and the most. */
export function figureRows({ measured }: CaseResult): Rows {
  const rows = Array.from(measured.series, ([name, { unit, rounds }]) => {
    const summary = summaryOf(rounds.filter((value) => value !== undefined));
    return [name, summary === undefined ? 'not measured' : spread(summary, unit)];
  });
  return [['figure', 'median (least to most)'], ...rows];
}

/** Every goal of a case, and whether it is met. */
export function verdictRows({ verdicts }: CaseResult): Rows {
  const rows = verdicts.map((verdict) => [
    subject(verdict.goal),
    verdict.measured === undefined ? '' : spread(verdict.measured, unitOf(verdict.goal)),
    limit(verdict.goal, 'must'),
    answer(verdict),
    limit(verdict.goal, 'aim'),
    verdict.meets.aim ? 'yes' : 'no',
  ]);
  return [['goal', 'measured', 'must', 'met', 'aim', 'met'], ...rows];
}
