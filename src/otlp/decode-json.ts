import { parseJson } from '../record/json.ts';
import type { ReceivedRecords } from '../record/received-records.ts';
import { noResource, noScope, type Resource, type Scope } from '../record/record.ts';
import { JsonNode } from './json-node.ts';
import { jsonReading } from './json-record.ts';
import { jsonAttributes } from './json-value.ts';
import { checkCount, checkValues } from './limits.ts';
import { OtlpError } from './otlp-error.ts';
import { RequestRecords } from './request-records.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** See `decode`. */
export function decodeJson(bytes: Uint8Array): readonly ReceivedRecords[] {
  checkValues(bytes);
  const request = parseJson(decoder.decode(bytes), bytes);
  if (request === undefined)
    throw new OtlpError('the request is not valid JSON: it is broken, or ends early');
  const reading = jsonReading(bytes.length);
  let count = 0;
  return list(new JsonNode(request), 'resourceLogs').map((resourceLogs) => {
    const resource = resourceOf(resourceLogs.field('resource'));
    const received = new RequestRecords(resource, reading);
    for (const scopeLogs of list(resourceLogs, 'scopeLogs')) {
      const scope = scopeOf(scopeLogs.field('scope'));
      const records = list(scopeLogs, 'logRecords');
      checkCount((count += records.length));
      for (const record of records) received.add(record, scope);
    }
    return received;
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
