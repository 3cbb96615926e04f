import type { ReceivedRecords } from '../record/received-records.ts';
import { decodeJson } from './decode-json.ts';
import { decodeProto } from './decode-proto.ts';
import type { Encoding } from './encoding.ts';

/**
 * The records of an ExportLogsServiceRequest: one list for each of its resources, in the order of the request.
 * Records of a list share the resource object, those of one scope the scope object. Schema URLs and counts of dropped
 * attributes are not kept; of equal keys in a map the first counts. `bytes` must stay as they are for as long as the
 * records are read. Throws `OtlpError`, and nothing else, if the bytes are no such request.
 */
export function decode(bytes: Uint8Array, encoding: Encoding): readonly ReceivedRecords[] {
  return encoding === 'json' ? decodeJson(bytes) : decodeProto(bytes);
}
