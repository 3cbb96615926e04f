import { z } from 'zod';
import { containerFormats } from './container-line.ts';

const container = z.strictObject({
  type: z.literal('container').describe('What is done to each line.'),
  id: z.string().optional().describe('A name of it, which nothing asks for.'),
  format: z
    .enum(containerFormats)
    .optional()
    .describe('Which runtime has written the log; without it every line shows its own format.'),
});

/**
 * `operators` of `file_log`: `container` or none. It is how the Collector reads what a container has written
 * (spec/collector.md §2.1), and the only operator that does not change what a line says.
 */
export const containerOperators = z
  .array(
    z.discriminatedUnion('type', [container], {
      error:
        'not supported, and results would differ without it: a line is one audit event as JSON, which "container" ' +
        'may unwrap; conditions are written in detections',
    }),
  )
  .max(1, 'there is more than one; a line is unwrapped once')
  .default([])
  .describe(
    'One of {type: container}, for a log that a container runtime has written (CRI, or json-file of Docker): ' +
      'lines are unwrapped, and parts of one put together.',
  );
