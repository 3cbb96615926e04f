import type { Position } from '../record/batch.ts';
import { LineBatch, lineSpans } from '../record/line-batch.ts';
import type { LogRecord, Resource } from '../record/record.ts';
import type { Time } from '../record/time.ts';
import type { State } from '../store/store.ts';
import { Engine } from './engine.ts';
import type { Limits } from './operators/limits.ts';
import type { Output } from './output.ts';
import { incidentEvent, riskEventName } from './risk/incidents/incident-event.ts';
import { incidentPlans, type IncidentRules } from './risk/incidents/incident-rules.ts';

/** The owner of the state and the counters of the incidents of the component `id`. */
export const incidentComponent = (id: string): string => `${id}:incidents`;

export interface IncidentOptions {
  /** Owner of the state and the counters. */
  readonly component: string;
  readonly rules: IncidentRules;
  /** Name of the cluster of risk events whose resource does not name its own. */
  readonly cluster: string;
  readonly idleTimeoutMs: number;
  /** Those of the engine whose state it shares. */
  readonly limits?: Partial<Limits>;
}

/**
 * Adds up risk events by risk object, in event time, and finds those that cross a threshold (spec/spl.md §5.6). An
 * engine of its own whose events are risk events; what `Engine` says of state, time and batches holds for it.
 */
export class Incidents {
  readonly #engine: Engine;
  readonly #cluster: string;

  constructor({ component, rules, cluster, idleTimeoutMs, limits = {} }: IncidentOptions) {
    this.#cluster = cluster;
    this.#engine = new Engine(incidentPlans(rules), {
      component,
      idleTimeoutMs,
      limits,
      contextOf: (_, source) => source,
      redact: (_field, text) => text,
    });
  }

  /** Takes the risk events among `records`, which come from the batch that ends at `position`. */
  process(records: readonly LogRecord[], position: Position, state: State, now: Time, output: Output): void {
    const byResource = new Map<Resource, string[]>();
    for (const record of records) {
      if (record.eventName !== riskEventName) continue;
      const lines = byResource.get(record.resource) ?? [];
      byResource.set(record.resource, lines);
      lines.push(`${incidentEvent(record, this.#cluster)}\n`);
    }
    for (const [resource, lines] of byResource) {
      this.#engine.process(batchOf(lines, resource, position, now), state, now, output);
    }
  }

  /** Wall time moves on. */
  tick(state: State, now: Time, output: Output): void {
    this.#engine.tick(state, now, output);
  }
}

function batchOf(
  lines: readonly string[],
  resource: Resource,
  { stream }: Position,
  observedTime: Time,
): LineBatch {
  const bytes = Buffer.from(lines.join(''));
  return new LineBatch({
    stream,
    source: 'risk events',
    bytes,
    spans: lineSpans(bytes),
    start: 0,
    resource,
    attributes: {},
    observedTime,
  });
}
