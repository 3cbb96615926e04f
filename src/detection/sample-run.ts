import { DecodedLine } from '../record/line.ts';
import { LineBatch, lineSpans } from '../record/line-batch.ts';
import { JsonObject, parseJson } from '../record/json.ts';
import { noResource } from '../record/record.ts';
import type { Time } from '../record/time.ts';
import { MemoryStore } from '../store/memory.ts';
import { Engine } from './engine.ts';
import type { Finding } from './finding.ts';
import { auditAttributes } from './kubernetes/attributes.ts';
import { redactedText } from './kubernetes/redact.ts';
import { Row } from './operators/row.ts';
import type { Output } from './output.ts';
import type { Plan } from './plan/plan.ts';

/** What a plan finds in a few events. */
export interface SampleRun {
  readonly findings: readonly Finding[];
  /** Why events could not be read, each with its number from 1. */
  readonly malformed: readonly string[];
}

const name = 'sample';
const source = { resource: noResource, attributes: {} };
const meaning = { contextOf: auditAttributes, redact: redactedText };

/**
 * Runs `plan` alone, remembering nothing, over `events` (each one JSON text), and then closes all windows: the same
 * engine that runs in a pipeline. Wall time is the time of the newest event, so that the result is always the same.
 */
export function runSample(plan: Plan, events: readonly string[]): SampleRun {
  const findings: Finding[] = [];
  const malformed: string[] = [];
  const lines = events.map((event) => event.replaceAll(/[\r\n]+/g, ' '));
  const output: Output = {
    finding: (finding) => void findings.push(finding),
    notice: () => {},
    isFull: () => false,
    malformed: (_source, end, reason) => void malformed.push(`event ${numberAt(lines, end)} ${reason}`),
  };
  const engine = new Engine([plan], { component: name, idleTimeoutMs: 60_000, ...meaning });
  const state = new MemoryStore().begin();
  const now = newest(lines);
  engine.process(batchOf(lines, now), state, now, output);
  // One call may close a bounded number of groups only.
  while (engine.finish(state, now, output));
  return { findings, malformed };
}

/** An event text as the engine sees it; undefined if it is no event. */
export function rowOf(text: string): Row | undefined {
  const event = parseJson(text);
  const line = new DecodedLine(Buffer.from(text), text.length);
  return event instanceof JsonObject ? new Row(event, line, source, meaning) : undefined;
}

function batchOf(lines: readonly string[], observedTime: Time): LineBatch {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const spans = lineSpans(bytes);
  return new LineBatch({
    stream: name,
    source: name,
    bytes,
    spans,
    start: 0,
    ...source,
    observedTime,
  });
}

/** The number, from 1, of the line that ends at a byte offset. */
function numberAt(lines: readonly string[], end: number): number {
  let offset = 0;
  return lines.findIndex((line) => (offset += Buffer.byteLength(line) + 1) >= end) + 1;
}

function newest(lines: readonly string[]): Time {
  let latest: Time = 0n;
  for (const line of lines) {
    const stamp = rowOf(line)?.stamp ?? latest;
    if (stamp > latest) latest = stamp;
  }
  return latest;
}
