import { connect, type IncomingHttpHeaders } from 'node:http2';
import { framed } from '../../../src/net/grpc/frame.ts';
import { readReply } from '../../../src/net/grpc/grpc-reply.ts';
import { encode } from '../../../src/otlp/encode.ts';
import { otlp } from '../../../src/receivers/otlp.ts';
import { logRecord, noResource } from '../../../src/record/record.ts';
import type { Endpoint, Sent } from './endpoint.ts';
import { listenerOptions, startReceiver } from './receiving.ts';

const path = '/opentelemetry.proto.collector.logs.v1.LogsService/Export';
const right = encode([logRecord({ observedTime: 5n, resource: noResource, body: '{}' })], 'proto');

/** Statuses of HTTP that mean what gRPC's do. */
const statuses: Readonly<Record<number, number>> = { 0: 200, 3: 400, 8: 413, 12: 415, 14: 503, 16: 401 };

/** OTLP over gRPC. */
export const calling: Endpoint = {
  name: 'otlp over gRPC',
  head: undefined,
  takesBodies: true,
  open: async (tokensFile) => {
    const grpc = { ...listenerOptions(tokensFile), max_recv_msg_size_mib: 1 };
    const started = await startReceiver(otlp, { protocols: { grpc } });
    return { ...started, send: (sent) => statusOf(started.address, sent) };
  },
};

function statusOf(address: string, { body = right, packed, authorization }: Sent = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    // Else it could not read an answer while it still has much to send.
    const session = connect(`http://${address}`, { maxSessionMemory: 100 });
    session.once('error', reject);
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      ...(packed !== undefined && { 'grpc-encoding': packed }),
      ...(authorization !== undefined && { authorization }),
    });
    let [head, trailers]: IncomingHttpHeaders[] = [{}, {}];
    const chunks: Buffer[] = [];
    stream.on('response', (found) => (head = found));
    stream.on('trailers', (found) => (trailers = found));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', () => {});
    stream.once('close', () => {
      session.destroy();
      const reply = readReply(head ?? {}, trailers ?? {}, Buffer.concat(chunks));
      resolve(statuses[reply?.code ?? -1] ?? 0);
    });
    stream.end(framed(body, packed !== undefined));
  });
}
