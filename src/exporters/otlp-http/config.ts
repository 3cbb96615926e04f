import { z } from 'zod';
import { byteSize } from '../../util/byte-size.ts';
import { duration } from '../../util/duration.ts';
import { logsUrl, urlProblem } from './endpoint.ts';
import { headers } from './headers.ts';

const url = z.string().superRefine((text, context) => {
  const problem = urlProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

const positive = duration.refine((ms) => ms > 0, 'must be longer than 0s');
const alwaysOn = (why: string) => z.literal(true, { error: `cannot be turned off: ${why}` }).optional();

const tls = z
  .strictObject({
    ca_file: z.string().min(1).optional().describe('Certificates to trust instead of the system’s, PEM.'),
    cert_file: z.string().min(1).optional().describe('Our certificate, if the backend asks for one, PEM.'),
    key_file: z.string().min(1).optional().describe('The key of our certificate, PEM.'),
    min_version: z.enum(['1.2', '1.3']).default('1.2').describe('The oldest TLS version to speak.'),
    insecure: z
      .boolean()
      .default(false)
      .describe('As in the Collector it has no effect on HTTP, where the endpoint’s scheme decides.'),
    insecure_skip_verify: z.boolean().default(false).describe('Do not check the certificate of the backend.'),
    server_name_override: z
      .string()
      .min(1)
      .optional()
      .describe('The name to ask for and to check, instead of the endpoint’s host.'),
  })
  .refine(({ cert_file, key_file }) => (cert_file === undefined) === (key_file === undefined), {
    message: '"cert_file" and "key_file" belong together; give both or neither',
  });

const retry = z
  .strictObject({
    enabled: alwaysOn('records are never given up, so they are always tried again'),
    initial_interval: positive.prefault('5s').describe('Wait after the first failure.'),
    randomization_factor: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .describe('How far chance moves each wait: 0.5 is half to one and a half times as long.'),
    multiplier: z.number().min(1).default(1.5).describe('How much longer each wait is than the one before.'),
    max_interval: positive.prefault('30s').describe('The longest wait, unless the backend asks for more.'),
  })
  .refine((times) => times.max_interval >= times.initial_interval, {
    path: ['max_interval'],
    message: 'is shorter than "initial_interval"',
  });

const batch = z
  .strictObject({
    flush_timeout: duration.prefault('200ms').describe('How long records wait for others to go with them.'),
    min_size: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('A request goes as soon as it has so many records; "max_size" unless given.'),
    max_size: z.number().int().min(1).default(512).describe('Most records in a request.'),
    max_bytes: byteSize
      .refine((bytes) => bytes > 0, 'must be more than 0')
      .prefault('4MiB')
      .describe('Most bytes of stored records in a request; a larger record goes alone.'),
  })
  .refine(({ min_size, max_size }) => min_size === undefined || min_size <= max_size, {
    path: ['min_size'],
    message: 'is above "max_size"',
  });

const queue = z.strictObject({
  enabled: alwaysOn('records are committed to the queue before a receiver moves on'),
  queue_size: z
    .number()
    .int()
    .min(1)
    .default(1_000_000)
    .describe('Records that may wait; when as many do, receivers wait, too.'),
  storage: z
    .string()
    .min(1)
    .optional()
    .describe('The storage extension that keeps the queue over a restart.'),
  batch: batch.prefault({}),
});

/** The options of `otlp_http`, with the Collector's names (spec/collector.md §4) and our own `batch.max_bytes`. */
export const schema = z
  .strictObject({
    endpoint: url.optional().describe('Base URL of the backend; "/v1/logs" is added.'),
    logs_endpoint: url.optional().describe('Full URL for logs, instead of "endpoint".'),
    headers: headers.describe('Sent with each request: a map, or a list of {name, value}.'),
    timeout: positive.prefault('30s').describe('How long one request may take, answer included.'),
    compression: z.enum(['gzip', 'none']).default('gzip').describe('How the body of a request is packed.'),
    encoding: z.enum(['json', 'proto']).default('json').describe('How records are written.'),
    tls: tls.prefault({}),
    retry_on_failure: retry.prefault({}),
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
export type TlsConfig = Config['tls'];
