import { noResource, noScope, type LogRecord, type Resource, type Scope } from '../record/record.ts';
import { knownTime, severity } from './integer.ts';
import type { JsonNode } from './json-node.ts';
import { JsonTexts } from './json-texts.ts';
import { jsonAttributes, jsonValue } from './json-value.ts';
import type { RecordReading } from './request-records.ts';

const maxUint64 = 2n ** 64n - 1n;
const maxUint32 = 2n ** 32n - 1n;
const maxInt32 = 2n ** 31n - 1n;

/** Reads the LogRecords (opentelemetry-proto, logs.proto) of a request of so many bytes. */
export function jsonReading(bytes: number): RecordReading<JsonNode> {
  const texts = new JsonTexts(bytes);
  return {
    check(node) {
      const { eventName, body } = recordOf(node.anew, noResource, noScope);
      return { eventName, text: typeof body === 'string' ? texts.write(body) : undefined };
    },
    read: (node, resource, scope) => recordOf(node.anew, resource, scope),
  };
}

function recordOf(node: JsonNode, resource: Resource, scope: Scope): LogRecord {
  const body = node.field('body');
  return {
    time: knownTime(node.field('timeUnixNano')?.integer(0n, maxUint64) ?? 0n),
    observedTime: node.field('observedTimeUnixNano')?.integer(0n, maxUint64) ?? 0n,
    severityNumber: severity(node.field('severityNumber')?.integer(-maxInt32 - 1n, maxInt32) ?? 0n),
    severityText: node.field('severityText')?.text() ?? '',
    eventName: node.field('eventName')?.text() ?? '',
    body: body === undefined ? null : jsonValue(body),
    attributes: jsonAttributes(node.field('attributes')),
    resource,
    scope,
    traceId: node.field('traceId')?.hex(16) ?? '',
    spanId: node.field('spanId')?.hex(8) ?? '',
    flags: Number(node.field('flags')?.integer(0n, maxUint32) ?? 0n),
  };
}
