import { z } from 'zod';
import type { ExporterFactory } from '../pipeline/component.ts';
import { OutboxExporter } from '../pipeline/outbox.ts';
import { defaultProbeMs, defaultQuota } from '../pipeline/outbox/options.ts';
import { FileDestination } from './file/file-destination.ts';

const schema = z.strictObject({
  path: z
    .string()
    .min(1, 'is empty; write the path of the file')
    .describe(
      'The file to write, one OTLP JSON request a line. Relative paths start at the working directory.',
    ),
  append: z
    .boolean()
    .default(true)
    .describe('Write behind what is there. If false the file is emptied at start, as the Collector does.'),
  create_directory: z.boolean().default(false).describe('Make the directory of the file if there is none.'),
});

/**
 * `file`: OTLP JSON, one ExportLogsServiceRequest a line, as the Collector's file exporter writes it.
 *
 * A record counts as delivered once the disk has it (`fdatasync`). A crash in between leaves the line written and
 * the record queued: it is written again, with the same `log.record.uid`. So that a restart loses nothing, `append`
 * is true unless said otherwise (the Collector's default is false).
 */
export const file: ExporterFactory<z.infer<typeof schema>> = {
  type: 'file',
  schema,
  create: async (settings, { path, append, create_directory }) =>
    new OutboxExporter(
      settings,
      {
        maxRecords: 1_024,
        maxBytes: 4 * 2 ** 20,
        flushMs: 0,
        quota: defaultQuota,
        probeMs: defaultProbeMs,
        retry: { initialMs: 500, multiplier: 2, randomization: 0.5, maxMs: 30_000 },
      },
      new FileDestination({ path, append, createDirectory: create_directory, log: settings.log }),
    ),
};
