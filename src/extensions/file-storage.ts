import { existsSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Extension, ExtensionFactory, Host, Settings } from '../pipeline/component.ts';
import { LevelStore } from '../store/level.ts';
import { StoreError, type Store } from '../store/store.ts';

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
});

/** How often to look whether the store is still there. */
const lookMs = 1_000;

type FileStorageConfig = z.output<typeof schema>;

/** The one durable store of a process (design §3): everything that must survive a restart, committed together. */
export const fileStorage: ExtensionFactory<FileStorageConfig> = {
  type: 'file_storage',
  schema,
  create: async (settings, config) => new FileStorage(settings, config),
};

class FileStorage implements Extension {
  readonly #settings: Settings;
  readonly #config: FileStorageConfig;
  #store: Store | undefined;
  #watch: NodeJS.Timeout | undefined;

  constructor(settings: Settings, config: FileStorageConfig) {
    this.#settings = settings;
    this.#config = config;
  }

  async open(): Promise<Store> {
    const { directory, create_directory: create } = this.#config;
    if (create) await mkdir(directory, { recursive: true, mode: 0o700 }).catch(refuse(directory));
    // LevelDB would make the directory itself, or wait without end where it cannot.
    const found = await stat(directory).catch((error: unknown) => {
      const code = codeOf(error);
      const hint = code === 'ENOENT' ? '; create it, or set "create_directory: true"' : '';
      throw new StoreError('unusable', `cannot use the directory ${directory} (${code})${hint}`);
    });
    if (!found.isDirectory()) throw new StoreError('unusable', `${directory} is not a directory`);
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK).catch(refuse(directory));
    this.#store = await LevelStore.open(directory);
    return this.#store;
  }

  async start(host: Host): Promise<void> {
    const { directory } = this.#config;
    this.#settings.log.info(`state is kept in ${directory}`);
    // LevelDB goes on writing to files that have been deleted, and nothing of it is there at the next start.
    const isThere = (): boolean => existsSync(join(directory, 'CURRENT'));
    this.#watch = setInterval(() => {
      if (!isThere()) host.fail(new StoreError('unusable', `the store in ${directory} has been deleted`));
    }, lookMs).unref();
  }

  async shutdown(): Promise<void> {
    clearInterval(this.#watch);
    await this.#store?.close();
  }
}

const refuse =
  (directory: string) =>
  (error: unknown): never => {
    const message = `cannot write to the directory ${directory} (${codeOf(error)})`;
    throw new StoreError('unusable', message, { cause: error });
  };

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);
