import { z } from 'zod';
import type { ExtensionFactory } from '../pipeline/component.ts';
import { byteSize } from '../util/byte-size.ts';
import { FileStorage } from './file-storage/file-storage.ts';

const smallestMaxSize = 16 * 2 ** 20;

const schema = z.strictObject({
  directory: z
    .string()
    .min(1)
    .default('/var/lib/riskpipe')
    .describe('where positions, window state and undelivered records are kept; one instance, one directory'),
  create_directory: z
    .boolean()
    .default(false)
    .describe('make the directory, and those above it, if it is not there'),
  on_corrupt: z
    .enum(['halt', 'rebuild'])
    .default('halt')
    .describe(
      'what to do with a damaged store: refuse to start, or set it aside in the directory, begin anew, and read ' +
        'the files that are there from their beginning',
    ),
  max_size: byteSize
    .refine((bytes) => bytes >= smallestMaxSize, 'is less than 16MiB, which the store needs to work')
    .prefault('1GiB')
    .describe('what the store may take of the disk; reading waits while it takes more, delivery goes on'),
  ballast: byteSize
    .prefault('16MiB')
    .describe('space that is kept for delivery to go on when the disk is full; 0 keeps none'),
});

/** The one durable store of a process (design §3): everything that must survive a restart, committed together. */
export const fileStorage: ExtensionFactory<z.output<typeof schema>> = {
  type: 'file_storage',
  schema,
  create: async (settings, config) =>
    new FileStorage(settings, {
      directory: config.directory,
      createDirectory: config.create_directory,
      rebuildsDamaged: config.on_corrupt === 'rebuild',
      maxBytes: config.max_size,
      ballastBytes: config.ballast,
    }),
};
