import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { LogRecord, Resource, Scope } from '../record/record.ts';
import type { Time } from '../record/time.ts';
import { toJson } from '../record/to-json.ts';
import { Interned } from './interned.ts';
import { wireAttributes, wireText, wireValue } from './wire-value.ts';

/**
 * Our records as those of the OpenTelemetry SDK, in their order. Equal resources and equal scopes become one
 * object each. A `LoggerProvider` would drop attributes beyond 128 without a word (design §10), so they are
 * built here.
 */
export function readableRecords(records: readonly LogRecord[]): ReadableLogRecord[] {
  const resources = new Interned(({ attributes }: Resource) => toJson(attributes), readableResource);
  const scopes = new Interned(
    ({ name, version, attributes }: Scope) => toJson([name, version, attributes]),
    readableScope,
  );
  return records.map((record) => ({
    hrTime: hrTime(record.time ?? 0n),
    hrTimeObserved: hrTime(record.observedTime),
    severityNumber: record.severityNumber,
    severityText: wireText(record.severityText),
    eventName: wireText(record.eventName),
    body: wireValue(record.body),
    attributes: wireAttributes(record.attributes),
    droppedAttributesCount: 0,
    resource: resources.of(record.resource),
    instrumentationScope: scopes.of(record.scope),
    ...spanContext(record),
  }));
}

function spanContext({ traceId, spanId, flags }: LogRecord): Pick<ReadableLogRecord, 'spanContext'> {
  if (traceId === '' && spanId === '' && flags === 0) return {};
  return { spanContext: { traceId, spanId, traceFlags: flags } };
}

function readableResource({ attributes }: Resource): ReadableLogRecord['resource'] {
  // The serializers read nothing else of it. The package's own maker of resources loses null values and names
  // such as "constructor", and its type forbids the nested values that the serializers write.
  const resource = { attributes: wireAttributes(attributes) };
  return resource as ReadableLogRecord['resource'];
}

function readableScope({ name, version, attributes }: Scope): ReadableLogRecord['instrumentationScope'] {
  return { name: wireText(name), version: wireText(version), attributes: wireAttributes(attributes) };
}

const second = 1_000_000_000n;
const maxTime = 2n ** 64n;

/** Seconds and nanoseconds. What OTLP's uint64 cannot hold, before 1970 or after 2554, is 0: unknown. */
function hrTime(time: Time): [number, number] {
  if (time < 0n || time >= maxTime) return [0, 0];
  return [Number(time / second), Number(time % second)];
}
