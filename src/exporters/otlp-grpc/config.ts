import { z } from 'zod';
import { headers } from '../../net/headers.ts';
import { tlsConfig } from '../../net/tls-config.ts';
import { queue } from '../../pipeline/outbox/queue-config.ts';
import { retry } from '../../pipeline/outbox/retry-config.ts';
import { duration } from '../../util/duration.ts';
import { originOf } from './origin.ts';

/** `grpc-timeout` has eight digits. */
const longestTimeout = 99_999_999;

const metadata = headers.superRefine((given, context) => {
  for (const name of Object.keys(given)) {
    if (!/^(?:grpc-.*|te|host|keep-alive|proxy-connection|upgrade|http2-settings)$/i.test(name)) continue;
    const message = `"${name}" is set by the exporter; leave it out`;
    context.addIssue({ code: 'custom', path: [name], message });
  }
});

/** The options of `otlp_grpc`, with the Collector's names (spec/collector.md §4) and our own `batch.max_bytes`. */
export const schema = z
  .strictObject({
    endpoint: z
      .string()
      .optional()
      .describe('Host and port of the backend, or a URL of them, in which http:// means no TLS.'),
    headers: metadata.describe('Metadata sent with each call: a map, or a list of {name, value}.'),
    timeout: duration
      .refine((ms) => ms > 0 && ms <= longestTimeout, 'must be longer than 0s, and at most 27h')
      .prefault('30s')
      .describe('How long one call may take, answer included.'),
    compression: z.enum(['gzip', 'none']).default('gzip').describe('How a message is packed.'),
    authority: z
      .string()
      .min(1)
      .optional()
      .describe('The host that calls name, instead of that of "endpoint".'),
    tls: tlsConfig
      .safeExtend({
        insecure: z.boolean().default(false).describe('Speak no TLS, unless "endpoint" says https://.'),
      })
      .prefault({}),
    retry_on_failure: retry.prefault({}),
    sending_queue: queue.prefault({}),
  })
  .transform(({ endpoint, ...rest }, context) => {
    const origin = endpoint === undefined ? undefined : originOf(endpoint, rest.tls.insecure);
    if (origin !== undefined) return { ...rest, origin };
    const wanted = 'write a host and a port, such as 127.0.0.1:4317';
    const message = endpoint === undefined ? `is required; ${wanted}` : `is no address; ${wanted}`;
    context.addIssue({ code: 'custom', path: ['endpoint'], message });
    return z.NEVER;
  });

/** A parsed configuration: times in milliseconds, sizes in bytes, `origin` with its scheme. */
export type Config = z.output<typeof schema>;
