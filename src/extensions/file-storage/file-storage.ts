import { existsSync } from 'node:fs';
import { access, constants, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Extension, Host, Settings } from '../../pipeline/component.ts';
import { formatTime } from '../../record/time.ts';
import { LevelStore, type LevelOptions } from '../../store/level.ts';
import { noteRebuilt, type Rebuilt } from '../../store/rebuilt.ts';
import { StoreError, type Store } from '../../store/store.ts';
import { errorCode } from '../../util/error-code.ts';
import { reasonOf } from '../../util/reason-of.ts';
import { Ballast } from './ballast.ts';
import { checkRemote } from './check-remote.ts';

import { setAside } from './set-aside.ts';
import { SpaceGuard } from './space-guard.ts';

/** How often to look whether the store is still there, and has room. */
const lookMs = 1_000;

export interface FileStorageConfig {
  readonly directory: string;
  readonly createDirectory: boolean;
  /** A damaged store is set aside for a new one; else it is refused. */
  readonly rebuildsDamaged: boolean;
  readonly maxBytes: number;
  readonly ballastBytes: number;
}

/** `file_storage`: opens the store, and watches over it and its space. */
export class FileStorage implements Extension {
  readonly #settings: Settings;
  readonly #config: FileStorageConfig;
  readonly #ballast: Ballast;
  readonly #space: SpaceGuard;
  #store: LevelStore | undefined;
  #watch: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();

  constructor(settings: Settings, config: FileStorageConfig) {
    const { directory, maxBytes, ballastBytes } = config;
    this.#settings = settings;
    this.#config = config;
    this.#ballast = new Ballast(join(directory, 'ballast'), ballastBytes);
    const { id, log } = settings;
    this.#space = new SpaceGuard({ id, directory, maxBytes, ballast: this.#ballast, log });
  }

  async open(): Promise<Store> {
    const { directory, createDirectory, rebuildsDamaged } = this.#config;
    await ensureUsable(directory, createDirectory);
    checkRemote(directory, this.#settings.log);
    let fresh: Rebuilt | undefined;
    const options: LevelOptions = {
      makeRoom: () => this.#space.makeRoom(),
      ...(rebuildsDamaged && {
        setAside: (damage) => {
          fresh = this.#setAside(damage);
        },
      }),
    };
    const store = await this.#opened(options);
    this.#store = store;
    this.#space.guard(store);
    if (fresh !== undefined) await noted(store, fresh);
    return store;
  }

  async start(host: Host): Promise<void> {
    const { directory } = this.#config;
    this.#settings.log.info(`state is kept in ${directory}`);
    this.#space.reportTo(host.health);
    let isLooking = false;
    const look = (): void => {
      // LevelDB goes on writing to files that have been deleted, and nothing of it is there at the next start.
      const isThere = existsSync(join(directory, 'CURRENT'));
      if (!isThere) host.fail(new StoreError('unusable', `the store in ${directory} has been deleted`));
      if (!isThere || isLooking) return;
      isLooking = true;
      this.#looking = this.#space
        .look()
        .catch((error: unknown) => this.#settings.log.warn(`could not look for space: ${reasonOf(error)}`))
        .finally(() => (isLooking = false));
    };
    this.#watch = setInterval(look, lookMs).unref();
  }

  async shutdown(): Promise<void> {
    clearInterval(this.#watch);
    await this.#looking;
    await this.#store?.close();
  }

  async #opened(options: LevelOptions): Promise<LevelStore> {
    const { directory, rebuildsDamaged } = this.#config;
    try {
      return await LevelStore.open(directory, options);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      if (error.reason === 'corrupt' && !rebuildsDamaged) throw withRemedy(error);
      if (error.reason !== 'full') throw error;
      this.#space.makeRoom();
      return LevelStore.open(directory, options);
    }
  }

  #setAside(damage: StoreError): Rebuilt {
    const now = this.#settings.now();
    const kept = setAside(this.#config.directory, now);
    this.#settings.log.error(`${damage.message}; it is kept in ${kept}, and a new one begins`);
    return { at: formatTime(now), damage: damage.message, kept, told: false };
  }
}

/** LevelDB would make the directory itself, or wait without end where it cannot. */
async function ensureUsable(directory: string, create: boolean): Promise<void> {
  if (create) await mkdir(directory, { recursive: true, mode: 0o700 }).catch(refuse(directory));
  const found = await stat(directory).catch((error: unknown) => {
    const code = errorCode(error);
    const hint = code === 'ENOENT' ? '; create it, or set "create_directory: true"' : '';
    throw new StoreError('unusable', `cannot use the directory ${directory} (${code})${hint}`);
  });
  if (!found.isDirectory()) throw new StoreError('unusable', `${directory} is not a directory`);
  await access(directory, constants.R_OK | constants.W_OK | constants.X_OK).catch(refuse(directory));
}

/** Before anything else is: a crash would else leave a new store that does not know that it replaced one. */
async function noted(store: Store, fresh: Rebuilt): Promise<void> {
  const work = store.begin();
  noteRebuilt(work, fresh);
  await work.commit();
}

function withRemedy({ message }: StoreError): StoreError {
  const remedy =
    'put a copy of it back, or set "on_corrupt: rebuild" to have it set aside and read again what files still hold';
  return new StoreError('corrupt', `${message}; ${remedy}`);
}

const refuse =
  (directory: string) =>
  (error: unknown): never => {
    const message = `cannot write to the directory ${directory} (${errorCode(error)})`;
    throw new StoreError('unusable', message, { cause: error });
  };
