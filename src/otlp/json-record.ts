import { parseJson } from '../record/json.ts';
import { noResource, noScope, type LogRecord, type Resource, type Scope } from '../record/record.ts';
import { assert } from '../util/assert.ts';
import { knownTime, severity } from './integer.ts';
import type { JsonFrame, RecordPlace } from './json-frame.ts';
import type { JsonNode } from './json-node.ts';
import { jsonAttributes, jsonValue } from './json-value.ts';
import { OtlpError } from './otlp-error.ts';
import type { RecordReading } from './request-records.ts';

const maxUint64 = 2n ** 64n - 1n;
const maxUint32 = 2n ** 32n - 1n;
const maxInt32 = 2n ** 31n - 1n;

/**
 * Reads the LogRecords (opentelemetry-proto, logs.proto) of a request, each by its place in the frame. Of none more is
 * kept than that: the request must not change.
 */
export function jsonReading(request: Buffer, { records, texts }: JsonFrame): RecordReading<JsonNode> {
  const placeOf = (node: JsonNode): RecordPlace => {
    const place = records[Number(node.integer(0n, maxUint32))];
    assert(place !== undefined, `no record at ${node.path}`);
    return place;
  };
  return {
    check(node) {
      const { start, end, text } = placeOf(node);
      const without = text
        ? Buffer.concat([request.subarray(start, text.from), request.subarray(text.to, end)])
        : request.subarray(start, end);
      const { eventName } = recordOf(parsed(node, without), noResource, noScope);
      return { eventName, text: text && texts.bytes(text) };
    },
    read(node, resource, scope) {
      const { start, end } = placeOf(node);
      return recordOf(parsed(node, request.subarray(start, end)), resource, scope);
    },
  };
}

function parsed(node: JsonNode, bytes: Uint8Array): JsonNode {
  const record = parseJson(bytes);
  if (record === undefined) throw notJson();
  return node.holding(record);
}

/** What to say of a request that cannot be read at all. */
export const notJson = (): OtlpError =>
  new OtlpError('the request is not valid JSON: it is broken, or ends early');

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
