import { z } from 'zod';
import { headers } from '../../net/headers.ts';
import { tlsConfig } from '../../net/tls-config.ts';
import { httpUrl, proxyUrl } from '../../net/url-config.ts';
import { queue } from '../../pipeline/outbox/queue-config.ts';
import { retry } from '../../pipeline/outbox/retry-config.ts';
import { realWaitingTime } from '../../util/duration.ts';
import { logsUrl } from './logs-url.ts';

/** The options of `otlp_http`, with the Collector's names (spec/collector.md §4) and our own `batch.max_bytes`. */
export const schema = z
  .strictObject({
    endpoint: httpUrl.optional().describe('Base URL of the backend; "/v1/logs" is added.'),
    logs_endpoint: httpUrl.optional().describe('Full URL for logs, instead of "endpoint".'),
    headers: headers.describe('Sent with each request: a map, or a list of {name, value}.'),
    timeout: realWaitingTime.prefault('30s').describe('How long one request may take, answer included.'),
    compression: z.enum(['gzip', 'none']).default('gzip').describe('How the body of a request is packed.'),
    encoding: z.enum(['json', 'proto']).default('json').describe('How records are written.'),
    tls: tlsConfig.prefault({}),
    retry_on_failure: retry.prefault({}),
    proxy_url: proxyUrl
      .optional()
      .describe('An HTTP proxy to go through. Variables such as HTTP_PROXY have no effect.'),
    sending_queue: queue.prefault({}),
  })
  .transform(({ endpoint, logs_endpoint, ...rest }, context) => {
    const found = logs_endpoint ?? (endpoint === undefined ? undefined : logsUrl(endpoint));
    if (found !== undefined) return { ...rest, url: found };
    context.addIssue({
      code: 'custom',
      path: ['endpoint'],
      message: 'is required; write the base URL of the backend, such as http://127.0.0.1:4318',
    });
    return z.NEVER;
  });

/** A parsed configuration: times in milliseconds, sizes in bytes, `url` complete. */
export type Config = z.output<typeof schema>;
