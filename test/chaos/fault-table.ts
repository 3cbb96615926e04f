import type { Reporter, TestCase, TestModule } from 'vitest/node';
import type { FaultRow } from './fault-row.ts';
import { seed } from './knobs.ts';

const titles = ['faults fired', 'lost', 'unexpected', 'wrong', 'redelivered', 'unaccounted'] as const;
const counts = [
  'fired',
  'lost',
  'unexpected',
  'wrong',
  'redelivered',
  'unaccounted',
] as const satisfies readonly (keyof FaultRow)[];

/** Ends a run with the one table that says what was done to the program and what became of it. */
export class FaultTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = modules.flatMap((module) => [...module.children.allTests()].map(rowOf));
    if (rows.length === 0) return;
    process.stdout.write(`\nseed ${seed}\n${table([['test', ...titles, 'seconds', ''], ...rows])}\n`);
  }
}

function rowOf(test: TestCase): readonly string[] {
  const { state, ...result } = test.result();
  const seconds = ((test.diagnostic()?.duration ?? 0) / 1_000).toFixed(1);
  const { fault } = test.meta();
  const cells = counts.map((name) => (fault === undefined ? '-' : String(fault[name])));
  const remark =
    state === 'skipped'
      ? `skipped: ${'note' in result ? (result.note ?? '') : ''}`
      : state === 'failed'
        ? 'FAILED'
        : '';
  return [test.fullName, ...cells, seconds, remark];
}

/** Texts to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column === 0 || column === row.length - 1 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
