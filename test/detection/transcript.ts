import { columnsOf, type EngineRun } from './engine-fixture.ts';

/** All that a run said and counted, as text. */
export function transcript(run: EngineRun): string {
  const findings = run.findings.map((finding) => ({
    ...finding,
    plan: finding.plan.id,
    columns: columnsOf(finding),
  }));
  const { notices, malformedLines } = run.output;
  return JSON.stringify({ findings, notices, malformedLines, counters: run.counters }, (_, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}
