import { figureRows, verdictRows, type Rows } from './rows.ts';
import type { CaseResult } from './result.ts';

/** A case for a terminal: its figures, its goals, what could not be measured. */
export function screenText(result: CaseResult): string {
  const { benchCase, corpus, measured, remarks, verdicts } = result;
  return [
    `\n${benchCase.title} [${benchCase.name}], log: ${corpus.name}`,
    ...aligned(figureRows(result)),
    ...(verdicts.length === 0 ? [] : ['', ...aligned(verdictRows(result))]),
    ...remarks.map((remark) => `  note: ${remark}`),
    ...measured.failures.map((failure) => `  failed: ${failure}`),
  ].join('\n');
}

function aligned(rows: Rows): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')}`.trimEnd(),
  );
}
