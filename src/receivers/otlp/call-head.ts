import { constants, type IncomingHttpHeaders } from 'node:http2';
import { compressionOf, compressions, type Compression } from '../../net/compression.ts';
import { Rejection } from '../../net/rejection.ts';

const method = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';

/** True if this is a call of gRPC with protobuf; everything else is answered as HTTP. */
export function isCall({ ':method': verb, 'content-type': type }: IncomingHttpHeaders): boolean {
  return verb === constants.HTTP2_METHOD_POST && /^application\/grpc(?:\+proto)?(?:;|$)/i.test(type ?? '');
}

/** How the message of a call may be packed. Throws a `Rejection` if it is no call for logs that we can read. */
export function readCallHead(headers: IncomingHttpHeaders): Compression {
  if (headers[':path'] !== method) {
    throw new Rejection(501, `there is nothing here; logs go to ${method}`);
  }
  const named = headers['grpc-encoding'];
  const compression = Array.isArray(named) ? undefined : compressionOf(named);
  if (compression !== undefined) return compression;
  throw new Rejection(501, `the encoding of a message must be ${compressions.join(', ')}`);
}
