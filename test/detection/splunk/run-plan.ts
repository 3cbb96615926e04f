import { Engine } from '../../../src/detection/engine.ts';
import type { Finding } from '../../../src/detection/finding.ts';
import { auditAttributes } from '../../../src/detection/kubernetes/attributes.ts';
import { redactedText } from '../../../src/detection/kubernetes/redact.ts';
import type { Output } from '../../../src/detection/output.ts';
import type { Plan } from '../../../src/detection/plan/plan.ts';
import type { References } from '../../../src/detection/reference.ts';
import { LineBatch, lineSpans } from '../../../src/record/line-batch.ts';
import { parseTime } from '../../../src/record/time.ts';
import { counters } from '../../../src/store/counter.ts';
import { MemoryStore } from '../../../src/store/memory.ts';
import { at, linesOf, usualMetadata, type GivenLine, type SearchCase } from './search-case.ts';

export interface PlanRun {
  readonly findings: readonly Finding[];
  /** Rows that came too late for their window. */
  readonly late: number;
  /** Kinds of what the engine had to say. */
  readonly notices: readonly string[];
}

const component = 'detection';
const now = parseTime(at('23:00')) ?? 0n;

/** Runs a plan over the events of a case, one stream, one batch for each change of source, and closes all windows. */
export function runPlan(plan: Plan, given: Pick<SearchCase, 'events'>, references: References): PlanRun {
  const findings: Finding[] = [];
  const notices: string[] = [];
  const output: Output = {
    finding: (finding) => void findings.push(finding),
    notice: ({ kind }) => void notices.push(kind),
    isFull: () => false,
    malformed: () => {},
  };
  const engine = new Engine([plan], {
    component,
    idleTimeoutMs: 60_000,
    contextOf: auditAttributes,
    redact: redactedText,
    references,
    splunk: { ...usualMetadata, timeField: '' },
  });
  const store = new MemoryStore();
  const state = store.begin();
  for (const batch of batchesOf(linesOf(given))) engine.process(batch, state, now, output);
  while (engine.finish(state, now, output));
  const late = counters(state, component).get(`detection/${plan.id}/late`) ?? 0;
  return { findings, late, notices };
}

function batchesOf(lines: readonly Required<GivenLine>[]): readonly LineBatch[] {
  const batches: LineBatch[] = [];
  let start = 0;
  for (const group of groupedBySource(lines)) {
    const bytes = Buffer.from(group.map(({ line }) => `${line}\n`).join(''));
    const [{ source, sourcetype, host } = usualMetadata] = group;
    const attributes = {
      'com.splunk.source': source,
      'com.splunk.sourcetype': sourcetype,
      'host.name': host,
    };
    batches.push(
      new LineBatch({
        stream: 's',
        source: 'case',
        bytes,
        spans: lineSpans(bytes),
        start,
        resource: { attributes },
        attributes: {},
        observedTime: parseTime(at('13:00')) ?? 0n,
      }),
    );
    start += bytes.length;
  }
  return batches;
}

/** Lines that follow each other and were noted alike. */
function groupedBySource(lines: readonly Required<GivenLine>[]): readonly (readonly Required<GivenLine>[])[] {
  const groups: Required<GivenLine>[][] = [];
  for (const line of lines) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    const same =
      before?.source === line.source && before.sourcetype === line.sourcetype && before.host === line.host;
    if (group !== undefined && same) group.push(line);
    else groups.push([line]);
  }
  return groups;
}
