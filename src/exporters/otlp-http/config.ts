import { z } from 'zod';
import { duration } from '../../util/duration.ts';
import { logsUrl, proxyProblem, urlProblem } from './endpoint.ts';
import { headers } from './headers.ts';
import { alwaysOn } from './always-on.ts';
import { queue } from './queue-config.ts';

const url = z.string().superRefine((text, context) => {
  const problem = urlProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

const proxy = z.string().superRefine((text, context) => {
  const problem = proxyProblem(text);
  if (problem !== undefined) context.addIssue(problem);
});

const positive = duration.refine((ms) => ms > 0, 'must be longer than 0s');

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
    probe_interval: positive
      .prefault('5m')
      .describe(
        'How often to ask with an empty request, at most, after an answer such as 401, 404 or 500 that only a person can mend.',
      ),
  })
  .refine((times) => times.max_interval >= times.initial_interval, {
    path: ['max_interval'],
    message: 'is shorter than "initial_interval"',
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
    proxy_url: proxy
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
export type TlsConfig = Config['tls'];
