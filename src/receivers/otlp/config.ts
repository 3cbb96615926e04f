import { z } from 'zod';
import { listenerOptions, protectedListener } from '../../net/listener-config.ts';
import { urlPath } from '../../net/url-config.ts';
import { byteSize } from '../../util/byte-size.ts';
import { grpcOptions } from './grpc-config.ts';

const httpOptions = z
  .strictObject({
    ...listenerOptions('127.0.0.1:4318'),
    logs_url_path: urlPath.default('/v1/logs').describe('The path that takes logs.'),
    max_request_body_size: byteSize
      .refine((bytes) => bytes > 0, 'must be more than 0')
      .prefault('20MiB')
      .describe('Largest body of a request, as sent and unpacked.'),
  })
  .superRefine(protectedListener);

/** The options of `otlp`, with the Collector's names (spec/collector.md §6). A protocol runs if its key is there. */
export const schema = z.strictObject({
  protocols: z
    .strictObject({
      grpc: grpcOptions
        .nullable()
        .transform((given) => given ?? grpcOptions.parse({}))
        .optional()
        .describe('OTLP/gRPC; empty for the defaults.'),
      http: httpOptions
        .nullable()
        .transform((given) => given ?? httpOptions.parse({}))
        .optional()
        .describe('OTLP/HTTP, with JSON and protobuf bodies; empty for the defaults.'),
    })
    .refine(
      ({ grpc, http }) => grpc !== undefined || http !== undefined,
      'is empty; write "grpc:" or "http:"',
    ),
});

/** What the HTTP side is configured with, sizes in bytes. */
export type HttpConfig = z.output<typeof httpOptions>;
export type Config = z.output<typeof schema>;
