import { z } from 'zod';
import { listenerOptions, protectedListener } from '../../net/listener-config.ts';
import { byteSize } from '../../util/byte-size.ts';

const options = z
  .strictObject({
    ...listenerOptions('127.0.0.1:4318'),
    logs_url_path: z
      .string()
      .startsWith('/', 'must begin with "/"')
      .default('/v1/logs')
      .describe('The path that takes logs.'),
    max_request_body_size: byteSize
      .refine((bytes) => bytes > 0, 'must be more than 0')
      .prefault('20MiB')
      .describe('Largest body of a request, as sent and unpacked.'),
  })
  .superRefine(protectedListener);

/** The options of `otlp`, with the Collector's names (spec/collector.md §6). */
export const schema = z.strictObject({
  protocols: z.strictObject({
    http: options
      .nullable()
      .transform((given) => given ?? options.parse({}))
      .describe('OTLP/HTTP, with JSON and protobuf bodies; empty for the defaults.'),
    grpc: z.never({ error: 'OTLP/gRPC comes with a later version; send OTLP/HTTP to "http"' }).optional(),
  }),
});

/** What the HTTP side is configured with, sizes in bytes. */
export type HttpConfig = z.output<typeof options>;
export type Config = z.output<typeof schema>;
