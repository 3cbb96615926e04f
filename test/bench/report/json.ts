import type { BenchReport } from './result.ts';

/** The figures for programs: every value of every round, and what became of every goal. */
export function jsonReport({ machine, rounds, results }: BenchReport): string {
  const cases = results.map(({ benchCase, corpus, measured, verdicts, remarks }) => ({
    ...benchCase,
    corpus: { name: corpus.name, bytes: corpus.bytes, lines: corpus.lines },
    figures: Object.fromEntries(measured.series),
    goals: verdicts,
    remarks,
    failures: measured.failures,
  }));
  return `${JSON.stringify({ machine, rounds, cases }, undefined, 2)}\n`;
}
