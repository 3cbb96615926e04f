import { z } from 'zod';
import { defaultQuota, type Quota } from './options.ts';
import { byteSize } from '../../util/byte-size.ts';
import { waitingTime } from '../../util/duration.ts';
import { alwaysOn } from './always-on.ts';

const batch = z
  .strictObject({
    flush_timeout: waitingTime
      .prefault('200ms')
      .describe('How long records wait for others to go with them.'),
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

/** `sending_queue` (spec/collector.md §4.1), with our own `max_bytes` and `batch.max_bytes`. */
export const queue = z.strictObject({
  enabled: alwaysOn('records are committed to the queue before a receiver moves on'),
  sizer: z
    .enum(['items', 'bytes'], {
      error: 'is neither "items" nor "bytes"; "queue_size" counts records or their bytes',
    })
    .default('items')
    .describe('What "queue_size" counts: records, or bytes of stored records.'),
  queue_size: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'How much may wait; then receivers wait, too. A fifth is kept for high and critical records. 1000000 records, or "max_bytes".',
    ),
  max_bytes: byteSize
    .refine((bytes) => bytes > 0, 'must be more than 0')
    .prefault('512MiB')
    .describe('Bytes of stored records that may wait, whatever "queue_size" says of their number.'),
  storage: z
    .string()
    .min(1)
    .optional()
    .describe('The storage extension that keeps the queue over a restart.'),
  batch: batch.prefault({}),
});

/** What may wait: as many records, and as many bytes, as the options allow. */
export function quotaOf({ sizer, queue_size, max_bytes }: z.output<typeof queue>): Quota {
  if (sizer === 'items') return { records: queue_size ?? defaultQuota.records, bytes: max_bytes };
  return { records: Number.MAX_SAFE_INTEGER, bytes: Math.min(queue_size ?? max_bytes, max_bytes) };
}
