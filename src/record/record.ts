import type { Time } from './time.ts';
import type { Attributes, Value } from './value.ts';

/** Where records come from. Records of one source share the object, so that it can be grouped by identity. */
export interface Resource {
  readonly attributes: Attributes;
}

/** What made the record: for our own, `riskpipe` and its version. */
export interface Scope {
  readonly name: string;
  readonly version: string;
  readonly attributes: Attributes;
}

/** One log record as OTLP has it (opentelemetry-proto, logs.proto). Never modified after it is made. */
export interface LogRecord {
  /** When it happened; undefined if the source did not say. */
  readonly time: Time | undefined;
  /** When we saw it: the time of the unit of work. */
  readonly observedTime: Time;
  /** 1 to 24, 0 if unknown. */
  readonly severityNumber: number;
  readonly severityText: string;
  /** Empty unless the record is an event. */
  readonly eventName: string;
  readonly body: Value;
  readonly attributes: Attributes;
  readonly resource: Resource;
  readonly scope: Scope;
  /** Hexadecimal, empty if none. */
  readonly traceId: string;
  readonly spanId: string;
  readonly flags: number;
}

/** A record with what is common left out: fills every field that `given` does not set. */
export function logRecord(
  given: Partial<LogRecord> & Pick<LogRecord, 'observedTime' | 'resource'>,
): LogRecord {
  return {
    time: given.time,
    severityNumber: given.severityNumber ?? 0,
    severityText: given.severityText ?? '',
    eventName: given.eventName ?? '',
    body: given.body ?? null,
    attributes: given.attributes ?? {},
    scope: given.scope ?? noScope,
    traceId: given.traceId ?? '',
    spanId: given.spanId ?? '',
    flags: given.flags ?? 0,
    observedTime: given.observedTime,
    resource: given.resource,
  };
}

export const noScope: Scope = { name: '', version: '', attributes: {} };
export const noResource: Resource = { attributes: {} };
