import { z } from 'zod';
import type { ConnectionBounds } from '../../net/grpc/connection-bounds.ts';
import { listenerOptions, protectedListener } from '../../net/listener-config.ts';
import { realWaitingTime } from '../../util/duration.ts';

const count = z.number().int().positive('must be more than 0');

const serverParameters = z.strictObject({
  max_connection_idle: realWaitingTime
    .prefault('1m')
    .describe('A connection without a call for so long is closed.'),
  max_connection_age: realWaitingTime
    .optional()
    .describe(
      'A connection of this age takes no more calls, so that senders spread anew. Never if left out.',
    ),
  max_connection_age_grace: realWaitingTime
    .prefault('30s')
    .describe('Calls that are open on such a connection may go on for so long.'),
  time: realWaitingTime.prefault('2h').describe('How often to ask a sender whether it is still there.'),
  timeout: realWaitingTime.prefault('20s').describe('How long to wait for its answer.'),
});

const enforcementPolicy = z.strictObject({
  min_time: realWaitingTime.prefault('5m').describe('Senders that ask us more often are disconnected.'),
  permit_without_stream: z
    .boolean()
    .default(false)
    .describe('Let senders ask whether we are there while they make no call.'),
});

/** `protocols.grpc` of `otlp`, with the Collector's names (spec/collector.md §6). */
export const grpcOptions = z
  .strictObject({
    ...listenerOptions('127.0.0.1:4317'),
    max_recv_msg_size_mib: count.default(4).describe('Largest message, as sent and unpacked, in MiB.'),
    max_concurrent_streams: count.default(100).describe('Calls that one connection may have open.'),
    keepalive: z
      .strictObject({
        server_parameters: serverParameters.prefault({}),
        enforcement_policy: enforcementPolicy.prefault({}),
      })
      .prefault({})
      .describe('How long connections last, and how often either side may ask for the other.'),
  })
  .superRefine(protectedListener);

/** What the gRPC side is configured with, times in milliseconds. */
export type GrpcConfig = z.output<typeof grpcOptions>;

/** The bounds of one connection. */
export function boundsOf({ keepalive }: GrpcConfig): ConnectionBounds {
  const { server_parameters: server, enforcement_policy: policy } = keepalive;
  return {
    idleMs: server.max_connection_idle,
    ageMs: server.max_connection_age,
    graceMs: server.max_connection_age_grace,
    pingMs: server.time,
    pingTimeoutMs: server.timeout,
    minPingMs: policy.min_time,
    pingsWithoutCall: policy.permit_without_stream,
  };
}
