import { z } from 'zod';
import { listenerOptions, protectedListener } from '../../net/listener-config.ts';
import { urlPath } from '../../net/url-config.ts';
import { attributeMap } from '../../pipeline/attribute-map.ts';
import { byteSize } from '../../util/byte-size.ts';
import { duration } from '../../util/duration.ts';

/** The options of `kubernetes_audit`; sizes in bytes, times in milliseconds. */
export const schema = z
  .strictObject({
    ...listenerOptions('127.0.0.1:14443'),
    path: urlPath.default('/').describe('The path that takes events.'),
    max_request_body_size: byteSize
      .refine((bytes) => bytes > 0, 'must be more than 0')
      .prefault('32MiB')
      .describe('Largest body of a request, as sent and unpacked.'),
    silence: duration
      .prefault('5m')
      .describe(
        'Tell, by a notice, when no event has come for so long, and when events come again; 0: never.',
      ),
    resource: attributeMap.describe('Resource attributes of every record.'),
    attributes: attributeMap.describe('Attributes of every record.'),
  })
  .superRefine(protectedListener);

export type Config = z.output<typeof schema>;
