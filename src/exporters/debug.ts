import { z } from 'zod';
import type { ExporterFactory } from '../pipeline/component.ts';
import { OutboxExporter } from '../pipeline/outbox.ts';
import { defaultProbeMs, defaultQuota } from '../pipeline/outbox/options.ts';
import { ScreenDestination } from './debug/screen-destination.ts';

const schema = z.strictObject({
  verbosity: z
    .enum(['basic', 'normal', 'detailed'])
    .default('normal')
    .describe(
      'basic: one line a batch, with counts. normal: each record for a person. detailed: all it carries.',
    ),
});

/**
 * `debug`: records on standard output, for people. The Collector's default verbosity is `basic`; ours is `normal`,
 * which shows what an alert says.
 */
export const debug: ExporterFactory<z.infer<typeof schema>> = {
  type: 'debug',
  schema,
  create: async (settings, { verbosity }) =>
    new OutboxExporter(
      settings,
      {
        maxRecords: 512,
        maxBytes: 4 * 2 ** 20,
        flushMs: 0,
        quota: defaultQuota,
        probeMs: defaultProbeMs,
        retry: { initialMs: 1_000, multiplier: 2, randomization: 0, maxMs: 60_000 },
      },
      new ScreenDestination(process.stdout, verbosity, process.env['NO_COLOR'] ?? ''),
    ),
};
