import { parseJson } from '../record/json.ts';
import { noResource, noScope, type LogRecord, type Resource, type Scope } from '../record/record.ts';
import { knownTime, severity } from './integer.ts';
import { JsonNode } from './json-node.ts';
import { jsonAttributes, jsonValue } from './json-value.ts';
import { checkCount, checkValues } from './limits.ts';
import { OtlpError } from './otlp-error.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const maxUint64 = 2n ** 64n - 1n;
const maxUint32 = 2n ** 32n - 1n;
const maxInt32 = 2n ** 31n - 1n;

/** See `decode`. */
export function decodeJson(bytes: Uint8Array): readonly (readonly LogRecord[])[] {
  checkValues(bytes);
  const request = parseJson(decoder.decode(bytes));
  if (request === undefined)
    throw new OtlpError('the request is not valid JSON: it is broken, or ends early');
  let count = 0;
  return list(new JsonNode(request), 'resourceLogs').map((resourceLogs) => {
    const resource = resourceOf(resourceLogs.field('resource'));
    return list(resourceLogs, 'scopeLogs').flatMap((scopeLogs) => {
      const scope = scopeOf(scopeLogs.field('scope'));
      const records = list(scopeLogs, 'logRecords');
      checkCount((count += records.length));
      return records.map((record) => recordOf(record, resource, scope));
    });
  });
}

const list = (node: JsonNode, key: string): readonly JsonNode[] => node.field(key)?.items() ?? [];

function resourceOf(node: JsonNode | undefined): Resource {
  return node === undefined ? noResource : { attributes: jsonAttributes(node.field('attributes')) };
}

function scopeOf(node: JsonNode | undefined): Scope {
  if (node === undefined) return noScope;
  return {
    name: node.field('name')?.text() ?? '',
    version: node.field('version')?.text() ?? '',
    attributes: jsonAttributes(node.field('attributes')),
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
