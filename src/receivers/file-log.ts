import { basename } from 'node:path';
import { z } from 'zod';
import { attributeMap } from '../pipeline/attribute-map.ts';
import type { ReceiverFactory } from '../pipeline/component.ts';
import { byteSize } from '../util/byte-size.ts';
import { duration, waitingTime } from '../util/duration.ts';
import { startThreads } from './file-log/ahead/start-threads.ts';
import { FileLogReceiver } from './file-log/file-log-receiver.ts';
import { operators, unwrappingOf } from './file-log/operators.ts';

const maxOpenFiles = 256;
const graceMs = 1_000;
const maxLogSize = 256 * 2 ** 20;

const glob = z.string().min(1, 'is empty; write a path or a glob such as "/var/log/kubernetes/audit*.log"');
const globs = z.union([glob.transform((one) => [one]), z.array(glob)], {
  error: 'is no list of paths or globs; write one such as ["/var/log/kubernetes/audit.log"]',
});

const schema = z.strictObject({
  include: globs
    .refine((list) => list.length > 0, 'is empty; write at least one path or glob')
    .describe('Paths and globs of the files to read. Relative ones start at the working directory.'),
  exclude: globs.default([]).describe('Paths and globs of files to leave out.'),
  start_at: z
    .enum(['end', 'beginning'])
    .default('end')
    .describe(
      'Where to begin with the files of the very first start. All later files are read from their beginning.',
    ),
  poll_interval: waitingTime
    .refine((ms) => ms > 0, 'is 0; write how long to wait between two looks, such as "250ms"')
    .prefault('250ms')
    .describe('How often to look for new files and for changes that nobody reported.'),
  max_log_size: byteSize
    .refine((bytes) => bytes > 0, 'is 0; no line would be read')
    .refine((bytes) => bytes <= maxLogSize, 'is more than 256MiB, which no line of an audit log needs')
    .prefault('16MiB')
    .describe('The longest line. A longer one is skipped, counted and announced as a record.'),
  operators,
  silence: duration
    .prefault('5m')
    .describe('Tell, by a notice, when no line has come for so long, and when lines come again; 0: never.'),
  storage: z
    .string()
    .optional()
    .describe('The store extension that remembers positions, such as "file_storage".'),
  resource: attributeMap.describe('Resource attributes of every record.'),
  attributes: attributeMap.describe('Attributes of every record.'),
  include_file_name: z.boolean().default(true).describe('Add the name of the file as "log.file.name".'),
  include_file_path: z.boolean().default(false).describe('Add the path of the file as "log.file.path".'),
});

/** `file_log`: tails files by the names and defaults of the Collector's receiver (spec/collector.md §2). */
export const fileLog: ReceiverFactory<z.infer<typeof schema>> = {
  type: 'file_log',
  schema,
  create: async (settings, config, next) =>
    new FileLogReceiver(
      settings,
      {
        include: config.include,
        exclude: config.exclude,
        startAt: config.start_at,
        pollMs: config.poll_interval,
        maxLine: config.max_log_size,
        resource: { attributes: config.resource },
        attributesOf: (path) => ({
          ...config.attributes,
          ...(config.include_file_name && { 'log.file.name': basename(path) }),
          ...(config.include_file_path && { 'log.file.path': path }),
        }),
        maxOpen: maxOpenFiles,
        graceMs,
        silenceMs: config.silence,
        readAhead: startThreads,
        unwrapping: unwrappingOf(config.operators, config.max_log_size),
      },
      next,
    ),
};
