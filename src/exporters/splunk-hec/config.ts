import { z } from 'zod';
import { tlsConfig } from '../../net/tls-config.ts';
import { httpUrl, proxyUrl } from '../../net/url-config.ts';
import { queue } from '../../pipeline/outbox/queue-config.ts';
import { retry } from '../../pipeline/outbox/retry-config.ts';
import { realWaitingTime } from '../../util/duration.ts';
import { hecUrl } from './hec-url.ts';
import { tokenProblem } from './hec-token.ts';

const filled = z.string().min(1, 'is empty; leave it out instead');

/** The most that HEC can be configured to take (spec/collector.md §8.2). */
const largestRequest = 838_860_800;

/** The options of `splunk_hec`, with the Collector's names (spec/collector.md §8.2) and our own `token_file`. */
export const schema = z
  .strictObject({
    endpoint: httpUrl.describe(
      'URL of the HTTP Event Collector; "/services/collector" is added if it has no path.',
    ),
    token: z.string().superRefine(checkToken).optional().describe('The HEC token.'),
    token_file: filled
      .optional()
      .describe('A file that holds the token, instead of "token"; it is read again when it changes.'),
    source: filled
      .optional()
      .describe('"source" of every event. Without it the name of the search, which risk rules count by.'),
    sourcetype: filled.optional().describe('"sourcetype" of every event; the one of the token unless given.'),
    index: filled.optional().describe('The index of every event; the one of the token unless given.'),
    disable_compression: z.boolean().default(false).describe('Do not pack the body of a request with gzip.'),
    max_content_length_logs: z
      .number()
      .int()
      .min(0)
      .max(largestRequest)
      .default(2_097_152)
      .describe('Most bytes in the body of a request, as it is sent; 0: no limit.'),
    timeout: realWaitingTime.prefault('10s').describe('How long one request may take, answer included.'),
    tls: tlsConfig.prefault({}),
    retry_on_failure: retry.prefault({}),
    proxy_url: proxyUrl
      .optional()
      .describe('An HTTP proxy to go through. Variables such as HTTP_PROXY have no effect.'),
    sending_queue: queue.prefault({}),
  })
  .superRefine(({ token, token_file }, context) => {
    if ((token === undefined) !== (token_file === undefined)) return;
    const message =
      token === undefined
        ? 'is required; write the HEC token, or its file as "token_file"'
        : 'and "token_file" are both there; give one of them';
    context.addIssue({ code: 'custom', path: ['token'], message });
  })
  .transform(({ endpoint, ...rest }) => ({ ...rest, url: hecUrl(endpoint) }));

/** A parsed configuration: times in milliseconds, sizes in bytes, `url` complete; one of `token` and `token_file`. */
export type Config = z.output<typeof schema>;

function checkToken(token: string, context: z.RefinementCtx): void {
  const message = tokenProblem(token);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
}
