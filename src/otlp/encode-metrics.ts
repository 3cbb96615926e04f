import { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import { assert } from '../util/assert.ts';
import type { Collected } from './metric-data.ts';

/** The bytes of one ExportMetricsServiceRequest, as protobuf. */
export function encodeMetrics(collected: Collected): Uint8Array {
  const bytes = ProtobufMetricsSerializer.serializeRequest(collected);
  assert(bytes, 'the serializer made nothing');
  return bytes;
}
