import { assert } from '../../../util/assert.ts';
import { mergeEvidence } from '../group.ts';
import type { Trace } from './table-row.ts';

/**
 * The events behind several rows as those behind one: the rows must not share an event, or it counts twice. What the
 * earliest row says of its event stands for all; of equally early ones, the first of the list. At least one.
 */
export function mergeTraces(traces: readonly Trace[]): Trace {
  const [first, ...others] = traces;
  assert(first, 'traces of no rows were to be merged');
  if (others.length === 0) return first;
  let earliest = first;
  let latest = first;
  let events = first.events;
  for (const trace of others) {
    if (BigInt(trace.from) < BigInt(earliest.from)) earliest = trace;
    if (BigInt(trace.to) > BigInt(latest.to)) latest = trace;
    events += trace.events;
  }
  const { from, origin } = earliest;
  return { from, to: latest.to, events, evidence: mergeEvidence(traces), origin };
}
