import type { z } from 'zod';
import { listenerOptions } from '../net/listener-config.ts';
import { urlPath } from '../net/url-config.ts';
import { attributeMap } from '../pipeline/attribute-map.ts';
import { byteSize } from '../util/byte-size.ts';
import { duration } from '../util/duration.ts';

/**
 * The options of a receiver that others post to, for a strict object of which they are a part; sizes in bytes, times in
 * milliseconds. `endpoint` is the default one.
 */
export const webhookOptions = (endpoint: string) => ({
  ...listenerOptions(endpoint),
  path: urlPath.default('/').describe('The path that takes events.'),
  max_request_body_size: byteSize
    .refine((bytes) => bytes > 0, 'must be more than 0')
    .prefault('32MiB')
    .describe('Largest body of a request, as sent and unpacked.'),
  silence: duration
    .prefault('5m')
    .describe('Tell, by a notice, when no event has come for so long, and when events come again; 0: never.'),
  resource: attributeMap.describe('Resource attributes of every record.'),
  attributes: attributeMap.describe('Attributes of every record.'),
});

export type WebhookConfig = z.output<z.ZodObject<ReturnType<typeof webhookOptions>>>;
