import { parseJson } from '../record/json.ts';
import type { ReceivedRecords } from '../record/received-records.ts';
import { noResource, noScope, type Resource, type Scope } from '../record/record.ts';
import { JsonNode } from './json-node.ts';
import { frameOf } from './json-frame.ts';
import { jsonReading, notJson } from './json-record.ts';
import { jsonAttributes } from './json-value.ts';
import { checkValues } from './limits.ts';
import { RequestRecords } from './request-records.ts';

/** See `decode`. */
export function decodeJson(bytes: Uint8Array): readonly ReceivedRecords[] {
  checkValues(bytes);
  const request = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const frame = frameOf(request);
  const around = frame && parseJson(frame.around);
  if (frame === undefined || around === undefined) throw notJson();
  const reading = jsonReading(request, frame);
  return list(new JsonNode(around), 'resourceLogs').map((resourceLogs) => {
    const resource = resourceOf(resourceLogs.field('resource'));
    const received = new RequestRecords(resource, reading);
    for (const scopeLogs of list(resourceLogs, 'scopeLogs')) {
      const scope = scopeOf(scopeLogs.field('scope'));
      for (const place of list(scopeLogs, 'logRecords')) received.add(place, scope);
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
