import { DecodedLine } from '../record/line.ts';
import { LineBatch, lineSpans } from '../record/line-batch.ts';
import type { Resource } from '../record/record.ts';
import type { Time } from '../record/time.ts';
import { MemoryStore } from '../store/memory.ts';
import { Engine } from './engine.ts';
import type { Finding } from './finding.ts';
import { auditAttributes } from './kubernetes/attributes.ts';
import { redactedText } from './kubernetes/redact.ts';
import type { Row } from './operators/row.ts';
import { rowOf } from './operators/row-of.ts';
import type { Output } from './output.ts';
import type { Plan } from './plan/plan.ts';
import { provenanceAttributes } from './provenance.ts';
import { noReferences, type References } from './reference.ts';

/** Events of one origin, each one line of JSON or of plain text. */
export interface Sample {
  readonly lines: readonly string[];
  /** What Splunk would call the origin; as `defaultProvenance` says where it is left out. */
  readonly source?: string | undefined;
  readonly sourcetype?: string | undefined;
}

/** What a plan finds in a few events. */
export interface SampleRun {
  readonly findings: readonly Finding[];
  /** Why events could not be read, each with its number from 1, counted through all samples. */
  readonly malformed: readonly string[];
}

const name = 'sample';
const meaning = { contextOf: auditAttributes, redact: redactedText };

/**
 * Runs `plan` alone, remembering nothing, over events, and then closes all windows: the same engine that runs in a
 * pipeline. Wall time is the time of the newest event, so that the result is always the same.
 */
export function runSample(
  plan: Plan,
  samples: readonly Sample[],
  references: References = noReferences,
): SampleRun {
  const findings: Finding[] = [];
  const malformed: string[] = [];
  const events = samples.map(oneLineEach);
  const all = events.flatMap(({ lines }) => lines);
  const output: Output = {
    finding: (finding) => void findings.push(finding),
    notice: () => {},
    isFull: () => false,
    malformed: (_source, end, reason) => void malformed.push(`event ${numberAt(all, end)} ${reason}`),
  };
  const engine = new Engine([plan], { component: name, idleTimeoutMs: 60_000, ...meaning, references });
  const state = new MemoryStore().begin();
  const now = timesOf(plan, samples)?.newest ?? 0n;
  for (const batch of batchesOf(events, now)) engine.process(batch, state, now, output);
  // One call may close a bounded number of groups only.
  while (engine.finish(state, now, output));
  return { findings, malformed };
}

/** An event text as `plan` sees it; undefined if it is no event. */
export function sampleRow(plan: Plan, text: string, origin: Omit<Sample, 'lines'> = {}): Row | undefined {
  const line = new DecodedLine(Buffer.from(text), text.length);
  const textLines = plan.steps.some(({ kind }) => kind === 'transform');
  return rowOf(line, { resource: resourceOf(origin), attributes: {} }, meaning, { textLines });
}

/** The times of the first and the last event, in event time; undefined if no event says its time. */
export function timesOf(
  plan: Plan,
  samples: readonly Sample[],
): { readonly oldest: Time; readonly newest: Time } | undefined {
  let times: { readonly oldest: Time; readonly newest: Time } | undefined;
  for (const { lines, ...origin } of samples) {
    for (const line of lines) {
      const stamp = sampleRow(plan, line, origin)?.stamp;
      if (stamp === undefined) continue;
      const { oldest, newest } = times ?? { oldest: stamp, newest: stamp };
      times = { oldest: stamp < oldest ? stamp : oldest, newest: stamp > newest ? stamp : newest };
    }
  }
  return times;
}

const oneLineEach = ({ lines, ...origin }: Sample): Sample => ({
  ...origin,
  lines: lines.map((line) => line.replaceAll(/[\r\n]+/g, ' ')),
});

/** All in one stream, so that no origin can be late behind another. */
function batchesOf(samples: readonly Sample[], observedTime: Time): readonly LineBatch[] {
  let start = 0;
  return samples.map(({ lines, ...origin }) => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const resource = resourceOf(origin);
    const spans = lineSpans(bytes);
    const common = { stream: name, source: name, attributes: {}, observedTime };
    const batch = new LineBatch({ ...common, bytes, spans, start, resource });
    start += bytes.length;
    return batch;
  });
}

function resourceOf({ source, sourcetype }: Omit<Sample, 'lines'>): Resource {
  return {
    attributes: {
      ...(source !== undefined && { [provenanceAttributes.source]: source }),
      ...(sourcetype !== undefined && { [provenanceAttributes.sourcetype]: sourcetype }),
    },
  };
}

/** The number, from 1, of the line that ends at a byte offset. */
function numberAt(lines: readonly string[], end: number): number {
  let offset = 0;
  return lines.findIndex((line) => (offset += Buffer.byteLength(line) + 1) >= end) + 1;
}
