import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../service/config/config.ts';
import { storageDirectory } from '../service/config/storage-directory.ts';
import { LevelStore } from '../store/level.ts';
import type { Store } from '../store/store.ts';

/** The store of an instance that does not run. Throws an error if it has none; `kept`: what would be in it. */
export async function openStore(config: Config, kept: string): Promise<Store> {
  const directory = storageDirectory(config);
  if (directory === undefined) {
    throw new Error(`the configuration starts no file_storage, so no ${kept} are kept`);
  }
  if (!existsSync(join(directory, 'CURRENT'))) throw new Error(`there is no store in ${directory}`);
  return LevelStore.open(directory);
}
