import { z } from 'zod';
import { encodings } from '../../envelope/encoding.ts';
import { ContainerFrames } from './container/container-frames.ts';
import { containerFormats } from './container/container-line.ts';
import { EnvelopeFrames } from './envelope/envelope-frames.ts';
import type { Unwrapping } from './frames.ts';

const type = 'What is done to each line.';
const id = z.string().optional().describe('A name of it, which nothing asks for.');

const container = z.strictObject({
  type: z.literal('container').describe(type),
  id,
  format: z
    .enum(containerFormats)
    .optional()
    .describe('Which runtime has written the log; without it every line shows its own format.'),
});

const envelope = z.strictObject({
  type: z.literal('envelope').describe(type),
  id,
  encoding: z
    .enum(encodings)
    .default('auto')
    .describe(
      'What lines are, by the names of the Collector\'s encoding extensions; "auto": each shows its shape.',
    ),
});

/**
 * `operators` of `file_log`: one that says what lines are wrapped in, or none. `container` is how the Collector reads what
 * a container has written (spec/collector.md §2.1). It has none that makes several records of a line: `envelope` is ours,
 * and not its option `encoding`, which is a character set there; the values are the Collector's, all the same.
 */
export const operators = z
  .array(
    z.discriminatedUnion('type', [container, envelope], {
      error:
        'not supported, and results would differ without it: a line is one audit event as JSON, which "container" ' +
        'or "envelope" may unwrap; conditions are written in detections',
    }),
  )
  .max(1, 'there is more than one; a line is unwrapped once')
  .default([])
  .describe(
    'One of {type: container}, for a log that a container runtime has written (CRI, or json-file of Docker): ' +
      'lines are unwrapped, and parts of one put together; and {type: envelope, encoding: auto}, for documents that hold ' +
      'events, one or more a line: subscriptions of CloudWatch Logs, records of Azure, entries of GKE, lists.',
  );

/** What the operator does; undefined if there is none. `maxLine`: the longest line without its line end. */
export function unwrappingOf(
  [operator]: z.output<typeof operators>,
  maxLine: number,
): Unwrapping | undefined {
  if (operator === undefined) return undefined;
  return operator.type === 'container'
    ? new ContainerFrames(operator.format, maxLine)
    : new EnvelopeFrames(operator.encoding, maxLine);
}
