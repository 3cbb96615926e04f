import { z } from 'zod';
import type { Config } from './config.ts';
import { storeType } from './storage-reference.ts';

const stored = z.object({ directory: z.string() });

/** Where the store of a configuration lies, as it is written there; undefined if state is kept in memory. */
export function storageDirectory({ extensions }: Pick<Config, 'extensions'>): string | undefined {
  const store = [...extensions.values()].find(({ type }) => type === storeType);
  return store && stored.parse(store.config).directory;
}
