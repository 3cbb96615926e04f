import { JsonLogsSerializer, ProtobufLogsSerializer } from '@opentelemetry/otlp-transformer';
import type { LogRecord } from '../record/record.ts';
import { assert } from '../util/assert.ts';
import type { Encoding } from './encoding.ts';
import { readableRecords } from './readable-record.ts';

const serializers = { json: JsonLogsSerializer, proto: ProtobufLogsSerializer };

/**
 * The bytes of one ExportLogsServiceRequest, grouped by resource and scope; equal records give equal bytes.
 * `decode` gives the records back, numbers aside that had to become text (see wire-value.ts).
 */
export function encode(records: readonly LogRecord[], encoding: Encoding): Uint8Array {
  const bytes = serializers[encoding].serializeRequest(readableRecords(records));
  assert(bytes, 'the serializer made nothing');
  return bytes;
}
